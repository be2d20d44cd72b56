package io.microstream.live.market;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;

/** All results of one minute of one symbol, provisional or final. */
public record MarketMinute(
        Bar bar, FeatureVector features, RegimeSignal regime, AnomalySignal anomaly) {}
