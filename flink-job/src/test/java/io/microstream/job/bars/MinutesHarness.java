package io.microstream.job.bars;

import io.microstream.job.config.BarsConfig;
import io.microstream.market.Bar;
import io.microstream.market.LateTrade;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Runs the operator that closes minutes by itself. */
final class MinutesHarness implements AutoCloseable {

    final KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, Bar> operator;

    private MinutesHarness(BarsConfig config) throws Exception {
        operator =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new MinuteClosing(config, 1)),
                        StreamEvent::symbol,
                        Types.STRING);
    }

    /** Starts the operator with empty state and counters. */
    static MinutesHarness start(Duration allowedLateness) throws Exception {
        return start(new BarsConfig(allowedLateness));
    }

    static MinutesHarness start(BarsConfig config) throws Exception {
        MinutesHarness minutes = new MinutesHarness(config);
        minutes.operator.open();
        return minutes;
    }

    /** Starts the operator with the state of another one. */
    static MinutesHarness restore(Duration allowedLateness, OperatorSubtaskState state)
            throws Exception {
        return restore(new BarsConfig(allowedLateness), state);
    }

    static MinutesHarness restore(BarsConfig config, OperatorSubtaskState state) throws Exception {
        MinutesHarness minutes = new MinutesHarness(config);
        minutes.operator.initializeState(state);
        minutes.operator.open();
        return minutes;
    }

    /** Processes the events of a trade stream, each trade with its own timestamp. */
    void take(List<? extends StreamEvent> events) throws Exception {
        for (StreamEvent event : events) {
            take(event);
        }
    }

    void take(StreamEvent event) throws Exception {
        if (event instanceof Trade trade) {
            operator.processElement(trade, trade.timeUs() / 1000);
        } else {
            operator.processElement(new StreamRecord<>(event));
        }
    }

    void watermark(long timeMs) throws Exception {
        operator.processWatermark(new Watermark(timeMs));
    }

    void end() throws Exception {
        operator.processWatermark(Watermark.MAX_WATERMARK);
    }

    /** Returns all bars that were emitted, in order. */
    List<Bar> bars() {
        return operator.extractOutputValues();
    }

    /** Returns the newest revision of a minute's bar; throws if there is none. */
    Bar newest(long openTimeMs) {
        return bars().stream()
                .filter(bar -> bar.openTimeMs() == openTimeMs)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    List<LateTrade> late() {
        var side = operator.getSideOutput(OneMinuteBars.LATE);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    long count(String name) {
        Accumulator<?, ?> counter =
                operator.getEnvironment().getAccumulatorRegistry().getUserMap().get(name);
        return (Long) counter.getLocalValue();
    }

    @Override
    public void close() throws Exception {
        operator.close();
    }
}
