package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageBudgetTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void burstIsThreeTimesTheRate() {
        MessageBudget budget = new MessageBudget(2, 0);
        for (int i = 0; i < 6; i++) {
            assertThat(budget.take(0)).isTrue();
        }
        assertThat(budget.take(0)).isFalse();
        assertThat(budget.take(SECOND / 2)).isTrue();
        assertThat(budget.take(SECOND / 2)).isFalse();
        for (int i = 0; i < 6; i++) {
            assertThat(budget.take(100 * SECOND)).isTrue();
        }
        assertThat(budget.take(100 * SECOND)).isFalse();
    }
}
