package io.microstream.training;

import io.microstream.binance.archive.UnreadableRows;
import io.microstream.market.Bar;
import io.microstream.training.history.TrainingRequest;
import io.microstream.training.report.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A training on the simulated market, with a gap in its bars. */
public final class SimulatedTraining {

    private SimulatedTraining() {}

    /**
     * Trains on BTCUSDT from 2024-01-01 to a given day.
     *
     * @param days that the market is open
     */
    public static TrainingResult of(Path folder, int days, String to) throws IOException {
        List<Bar> bars = Markets.simulated("BTCUSDT", days, 11);
        bars.subList(20_000, 20_045).clear();
        Markets.write(folder.resolve("klines"), bars);
        return ModelTraining.run(
                TrainingRequest.of(
                        List.of(folder.resolve("klines")),
                        "BTCUSDT",
                        "2024-01-01",
                        to,
                        folder.resolve("out")),
                new UnreadableRows(),
                line -> {});
    }
}
