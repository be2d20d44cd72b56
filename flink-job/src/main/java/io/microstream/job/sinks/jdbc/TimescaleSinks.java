package io.microstream.job.sinks.jdbc;

import io.microstream.job.JobSinks;
import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.FeatureVector;
import io.microstream.market.LateTrade;
import io.microstream.market.RegimeSignal;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The tables of {@code sql/}, written at least once by idempotent upserts: a row that is written
 * again is the same row, so results are exactly once.
 *
 * <p>A provisional row is replaced by its final one and never replaces it.
 */
public final class TimescaleSinks implements JobSinks {

    private final Database database;
    private final Writing writing;

    /** Rows without stamps: a function of the input. */
    public TimescaleSinks(Database database) {
        this(database, Writing.PLAIN);
    }

    /** Rows as {@code writing} has them. */
    public TimescaleSinks(Database database, Writing writing) {
        this.database = database;
        this.writing = writing;
    }

    /** Rows with stamps, soon: for those who watch. */
    public static TimescaleSinks stamped(Database database) {
        return new TimescaleSinks(database, Writing.STAMPED);
    }

    @Override
    public void bars(DataStream<Bar> bars) {
        write(bars, Rows.BARS, Rows::bar, OperatorUids.BARS_SINK);
    }

    @Override
    public void features(DataStream<FeatureVector> features) {
        write(features, Rows.FEATURES, Rows::features, OperatorUids.FEATURES_SINK);
    }

    @Override
    public void regimes(DataStream<RegimeSignal> regimes) {
        write(regimes, Rows.REGIMES, Rows::regime, OperatorUids.REGIMES_SINK);
    }

    @Override
    public void anomalies(DataStream<AnomalySignal> anomalies) {
        write(anomalies, Rows.ANOMALIES, Rows::anomaly, OperatorUids.ANOMALIES_SINK);
    }

    @Override
    public void dataQuality(DataStream<DataQuality> quality) {
        write(quality, Rows.DATA_QUALITY, Rows::quality, OperatorUids.DATA_QUALITY_SINK);
    }

    @Override
    public void lateTrades(DataStream<LateTrade> late) {
        write(late, Rows.LATE_TRADES, Rows::lateTrade, OperatorUids.LATE_TRADES_SINK);
    }

    @Override
    public void models(DataStream<ModelUpdate> models) {
        write(models, Rows.MODELS, Rows::model, OperatorUids.MODELS_SINK);
    }

    private <T> void write(DataStream<T> stream, Upsert upsert, UpsertSink.Row<T> row, String uid) {
        stream.sinkTo(new UpsertSink<>(database, upsert, row, writing)).name(uid).uid(uid);
    }
}
