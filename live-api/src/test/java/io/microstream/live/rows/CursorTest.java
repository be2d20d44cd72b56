package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.tables.ColumnType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final List<Object> PLACE =
            List.of(Instant.parse("2026-01-05T06:00:00.123456Z"), "regime \"x\", é", 7L);
    private static final List<ColumnType> TYPES =
            List.of(ColumnType.TIMESTAMPTZ, ColumnType.TEXT, ColumnType.INT8);

    @Test
    void givesBackThePlaceItWasMadeOf() throws Cursor.NotThisListException {
        assertThat(Cursor.place(Cursor.of("a list", PLACE), "a list", TYPES)).isEqualTo(PLACE);
    }

    @Test
    void anyLetterChangedOrCutOffIsNoticed() {
        String cursor = Cursor.of("a list", PLACE);
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
            String cut = cursor.substring(0, i);
            for (String damaged : List.of(changed, cut)) {
                assertThatThrownBy(() -> Cursor.place(damaged, "a list", TYPES))
                        .isInstanceOf(Cursor.NotThisListException.class)
                        .hasMessageStartingWith("Cursor damaged");
            }
        }
    }

    @Test
    void wellMadeOneWithValuesOfAnotherKindIsDamaged() {
        Object time = PLACE.get(0);
        for (List<Object> place :
                List.<List<Object>>of(List.of("x", "r", 7L), List.of(time, "r", "x"))) {
            assertThatThrownBy(() -> Cursor.place(Cursor.of("a list", place), "a list", TYPES))
                    .isInstanceOf(Cursor.NotThisListException.class)
                    .hasMessageStartingWith("Cursor damaged");
        }
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        assertThatThrownBy(() -> Cursor.place(Cursor.of("a list", PLACE), "another", TYPES))
                .hasMessageStartingWith("Cursor of another list");
        assertThatThrownBy(() -> Cursor.place("x".repeat(601), "a list", TYPES))
                .hasMessageStartingWith("Cursor damaged");
    }
}
