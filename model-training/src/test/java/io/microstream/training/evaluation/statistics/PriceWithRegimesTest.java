package io.microstream.training.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceWithRegimesTest {

    private static final long T0 = 1_735_689_600_000L;
    private static final long MINUTE = 60_000;

    @Test
    void halfAYearIsDrawnByTheHourAndNoExtremeIsLost() {
        int n = 260_640;
        Random random = new Random(1);
        long[] times = new long[n];
        double[] closes = new double[n];
        byte[] labels = new byte[n];
        double close = 90_000;
        for (int i = 0; i < n; i++) {
            times[i] = T0 + i * MINUTE;
            close *= Math.exp(1e-3 * random.nextGaussian());
            closes[i] = close;
            labels[i] = (byte) (i / 100 % 3);
        }
        PriceWithRegimes price = PriceWithRegimes.of("hold-out", times, closes, labels);
        assertThat(price.bucketMinutes()).isEqualTo(60);
        assertThat(price.shareMinutes()).isEqualTo(1440);
        assertThat(price.time()).hasSize(4_344);
        assertThat(price.minutes()).isEqualTo(n);
        for (int bucket = 0; bucket < 4_344; bucket++) {
            double low = Double.MAX_VALUE;
            double high = 0;
            int[] counts = new int[3];
            for (int i = 60 * bucket; i < 60 * bucket + 60; i++) {
                low = Math.min(low, closes[i]);
                high = Math.max(high, closes[i]);
                counts[labels[i]]++;
            }
            assertThat(price.low().get(bucket)).isEqualTo(low);
            assertThat(price.high().get(bucket)).isEqualTo(high);
            assertThat(price.last().get(bucket)).isEqualTo(closes[60 * bucket + 59]);
            int most = counts[2] >= counts[1] && counts[2] >= counts[0] ? 2 : 0;
            most = counts[1] >= counts[0] && counts[1] > counts[2] ? 1 : most;
            assertThat(regimeAt(price, price.time().get(bucket))).isEqualTo(most);
        }
        double[] all = new double[3];
        price.shares().forEach(own -> add(all, own.stream().mapToDouble(x -> x).toArray()));
        assertThat(all[1] / price.shares().size()).isCloseTo(1 / 3.0, within(.001));
    }

    private static void add(double[] sum, double[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    private static int regimeAt(PriceWithRegimes price, long timeMs) {
        int found = -1;
        for (int band = 0; band < price.bandFrom().size(); band++) {
            if (price.bandFrom().get(band) <= timeMs && timeMs < price.bandTo().get(band)) {
                assertThat(found).as("bands overlap").isEqualTo(-1);
                found = price.bandRegime().get(band);
            }
        }
        return found;
    }

    @Test
    void bandsEndAtGapsAndMinutesWithoutARegimeHaveNone() {
        long[] times = {T0, T0 + MINUTE, T0 + 2 * MINUTE, T0 + 9 * MINUTE, T0 + 10 * MINUTE};
        PriceWithRegimes price =
                PriceWithRegimes.of(
                        "training",
                        times,
                        new double[] {5, 6, 7, 8, 9},
                        new byte[] {-1, 2, 2, 2, 0});
        assertThat(price.bucketMinutes()).isEqualTo(1);
        assertThat(price.bandFrom())
                .containsExactly(T0 + MINUTE, T0 + 9 * MINUTE, T0 + 10 * MINUTE);
        assertThat(price.bandTo())
                .containsExactly(T0 + 3 * MINUTE, T0 + 10 * MINUTE, T0 + 11 * MINUTE);
        assertThat(price.bandRegime()).containsExactly(2, 2, 0);
        assertThat(price.minutes()).isEqualTo(4);
        assertThat(price.shares()).containsExactly(List.of(.25, 0.0, .75));
    }

    @Test
    void noBarsAreAnEmptyPicture() {
        PriceWithRegimes price =
                PriceWithRegimes.of("hold-out", new long[0], new double[0], new byte[0]);
        assertThat(price.time()).isEmpty();
        assertThat(price.bandFrom()).isEmpty();
    }
}
