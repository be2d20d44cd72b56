package io.microstream.benchmarks.live;

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
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Sinks that keep nothing: the job up to its tables, without the database. */
final class DiscardingSinks implements JobSinks {

    private static <T> void discard(DataStream<T> rows, String uid) {
        rows.sinkTo(new DiscardingSink<>()).name(uid).uid(uid);
    }

    @Override
    public void bars(DataStream<Bar> bars) {
        discard(bars, OperatorUids.BARS_SINK);
    }

    @Override
    public void features(DataStream<FeatureVector> features) {
        discard(features, OperatorUids.FEATURES_SINK);
    }

    @Override
    public void regimes(DataStream<RegimeSignal> regimes) {
        discard(regimes, OperatorUids.REGIMES_SINK);
    }

    @Override
    public void anomalies(DataStream<AnomalySignal> anomalies) {
        discard(anomalies, OperatorUids.ANOMALIES_SINK);
    }

    @Override
    public void dataQuality(DataStream<DataQuality> quality) {
        discard(quality, OperatorUids.DATA_QUALITY_SINK);
    }

    @Override
    public void lateTrades(DataStream<LateTrade> late) {
        discard(late, OperatorUids.LATE_TRADES_SINK);
    }

    @Override
    public void models(DataStream<ModelUpdate> models) {
        discard(models, OperatorUids.MODELS_SINK);
    }
}
