package io.microstream.binance.replay.exchange.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleTradesTest {

    @Test
    void quantitiesSumToTheAggregateAndNoneIsEmpty() {
        Chance chance = new Chance(1);
        for (int i = 0; i < 5_000; i++) {
            long first = chance.below(1L << 40);
            long trades = 1 + chance.below(40);
            long lots = trades + chance.below(1L << (1 + chance.below(36)));
            List<Long> pieces = pieces(lots * 1_000, first, first + trades - 1);
            assertThat(pieces).hasSize((int) trades);
            assertThat(sum(pieces)).isEqualTo(lots * 1_000);
            assertThat(pieces).allMatch(piece -> piece > 0 && piece % 1_000 == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 1, 2",
        "9223372036854775807, 1, 1000",
        "9223372036854775807, 7, 7",
        "0, 5, 9",
        "3, 5, 9",
        "1, 1, 100000"
    })
    void extremesSumExactlyAndNoneIsNegative(long quantity, long first, long last) {
        List<Long> pieces = pieces(quantity, first, last);
        assertThat(pieces).hasSize((int) (last - first + 1)).allMatch(piece -> piece >= 0);
        assertThat(sum(pieces)).isEqualTo(quantity);
    }

    @Test
    void aPieceAloneIsThePieceOfTheWhole() {
        SingleTrades.split(
                123_456_000,
                900,
                930,
                (id, quantity) ->
                        assertThat(SingleTrades.quantity(id, 123_456_000, 900, 930))
                                .isEqualTo(quantity));
    }

    @Test
    void piecesDifferAndAreTheSameEveryTime() {
        assertThat(pieces(51_230_000, 2_954_000_100L, 2_954_000_103L))
                .isEqualTo(pieces(51_230_000, 2_954_000_100L, 2_954_000_103L));
        assertThat(pieces(51_230_000, 2_954_000_100L, 2_954_000_103L)).doesNotHaveDuplicates();
    }

    private static List<Long> pieces(long quantity, long first, long last) {
        List<Long> pieces = new ArrayList<>();
        long[] expected = LongStream.rangeClosed(first, last).toArray();
        SingleTrades.split(
                quantity,
                first,
                last,
                (id, piece) -> {
                    assertThat(id).isEqualTo(expected[pieces.size()]);
                    pieces.add(piece);
                });
        return pieces;
    }

    private static long sum(List<Long> pieces) {
        return pieces.stream().mapToLong(Long::longValue).sum();
    }
}
