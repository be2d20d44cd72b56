package io.microstream.benchmarks.live;

import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.BinanceSourceBuilder;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.job.JobSources;
import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.job.features.BarHistory;
import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import io.microstream.models.DefaultModels;
import io.microstream.models.ModelArtifact;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The live source and the default models, with a counter of this JVM in its task: who runs the
 * exchange too learns from it how far the job is.
 *
 * @param readers tasks that share the symbols
 */
record CountedSources(LiveConfig live, List<String> symbols, int readers) implements JobSources {

    /** Trades that a job of this JVM has taken from the source. */
    static final AtomicLong TRADES = new AtomicLong();

    /** Faults that the source has reported, gaps that it has filled among them. */
    static final AtomicLong FAULTS = new AtomicLong();

    /** The number of ids that were reported missing. */
    static final AtomicLong MISSING = new AtomicLong();

    @Override
    public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
        BinanceSourceBuilder source = BinanceSource.builder().live(live);
        symbols.forEach(symbol -> source.startFrom(symbol, FeedStart.LATEST));
        DataStream<FeedEvent> feed =
                env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), OperatorUids.FEED)
                        .uid(OperatorUids.FEED)
                        .setParallelism(readers);
        return feed.map(new Counting())
                .returns(feed.getType())
                .name("counting")
                .uid("counting")
                .setParallelism(readers);
    }

    @Override
    public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
        List<ModelUpdate> updates =
                DefaultModels.load().stream().map(CountedSources::update).toList();
        return env.fromData(updates, TypeInformation.of(ModelUpdate.class))
                .name(OperatorUids.MODELS)
                .uid(OperatorUids.MODELS)
                .setParallelism(1);
    }

    private static ModelUpdate update(ModelArtifact model) {
        return new ModelUpdate(
                model.role().name(),
                model.symbol(),
                model.modelId(),
                model.version(),
                model.effectiveFromMs(),
                model.toBytes());
    }

    @Override
    public BarHistory history() {
        return BarHistory.NONE;
    }

    private static final class Counting extends RichMapFunction<FeedEvent, FeedEvent> {

        private static final long serialVersionUID = 1L;
        private static final int STEP = 64;

        private int uncounted;

        @Override
        public void open(OpenContext context) {
            uncounted = 0;
        }

        @Override
        public FeedEvent map(FeedEvent event) {
            if (event instanceof DataQuality) {
                FAULTS.incrementAndGet();
            } else if (event instanceof Trade trade) {
                if (trade.missingBefore() > 0) {
                    MISSING.addAndGet(trade.missingBefore());
                }
                if (++uncounted == STEP) {
                    TRADES.addAndGet(STEP);
                    uncounted = 0;
                }
            }
            return event;
        }
    }
}
