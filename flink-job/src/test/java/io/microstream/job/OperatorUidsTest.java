package io.microstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.source.EventTypeInfo;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.features.BarHistory;
import io.microstream.market.FeedEvent;
import io.microstream.tables.Tables;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class OperatorUidsTest {

    /** Savepoints find operators by these uids. Changing one loses its state: see CHANGELOG. */
    private static final Set<String> UIDS =
            Set.of(
                    "anomalies-sink",
                    "anomaly-scoring",
                    "bars-sink",
                    "binance-feed",
                    "data-quality-sink",
                    "feed-splitting",
                    "features-sink",
                    "late-trades-sink",
                    "models",
                    "models-sink",
                    "one-minute-bars",
                    "regime-filtering",
                    "regimes-sink",
                    "rolling-features");

    /** Sources for a job that is defined and never run. */
    private record Nowhere(boolean withUid) implements JobSources {
        @Override
        public DataStream<FeedEvent> feed(StreamExecutionEnvironment env) {
            var feed = env.fromData(List.of(), EventTypeInfo.FEED_EVENT);
            return withUid ? feed.uid(OperatorUids.FEED) : feed;
        }

        @Override
        public DataStream<ModelUpdate> models(StreamExecutionEnvironment env) {
            return env.fromData(List.of(), TypeInformation.of(ModelUpdate.class))
                    .uid(OperatorUids.MODELS);
        }

        @Override
        public BarHistory history() {
            return BarHistory.NONE;
        }
    }

    @Test
    void uidsOfConstantsAndSinksNeverChange() throws IllegalAccessException {
        List<String> uids = new ArrayList<>();
        for (Field field : OperatorUids.class.getFields()) {
            uids.add((String) field.get(null));
        }
        Tables.RESULTS.forEach(table -> uids.add(OperatorUids.sink(table)));
        assertThat(uids).containsExactlyInAnyOrderElementsOf(UIDS);
    }

    @Test
    void everyOperatorHasItsUidAndNoOther() {
        StreamGraph graph = define(true).getStreamGraph(false);
        Set<String> uids = new TreeSet<>();
        for (StreamNode node : graph.getStreamNodes()) {
            uids.add(uidOf(node));
        }
        assertThat(uids).isEqualTo(new TreeSet<>(UIDS));
    }

    /** Returns the uid of a node; that of a sink's writer is the uid of its sink. */
    private static String uidOf(StreamNode node) {
        assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
        return node.getTransformationUID().replaceFirst(": Writer$", "");
    }

    @Test
    void theJobGraphBuildsWithoutGeneratedUidsAndWithoutKryo() {
        StreamExecutionEnvironment env = define(true);
        assertThat(env.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(env.getStreamGraph(false).getJobGraph().getNumberOfVertices()).isPositive();
    }

    @Test
    void anOperatorWithoutUidStopsTheJobGraph() {
        StreamExecutionEnvironment env = define(false);
        assertThatThrownBy(() -> env.getStreamGraph(false).getJobGraph())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UID");
    }

    private static StreamExecutionEnvironment define(boolean withUid) {
        StreamExecutionEnvironment env = LocalCluster.environment();
        MarketJob.define(
                env, PipelineConfig.bounded(2), new Nowhere(withUid), CollectingSinks.collecting());
        return env;
    }
}
