package io.microstream.job;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.FeatureVector;
import io.microstream.market.LateTrade;
import io.microstream.market.RegimeSignal;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the job's results go; tests give their own. One method a table.
 *
 * <p>Bars, features, regimes and anomalies hold provisional rows too where the job is told to make
 * them ({@link Bar#PROVISIONAL}), each before the final row of its key.
 */
public interface JobSinks {

    void bars(DataStream<Bar> bars);

    void features(DataStream<FeatureVector> features);

    void regimes(DataStream<RegimeSignal> regimes);

    void anomalies(DataStream<AnomalySignal> anomalies);

    void dataQuality(DataStream<DataQuality> quality);

    void lateTrades(DataStream<LateTrade> late);

    void models(DataStream<ModelUpdate> models);
}
