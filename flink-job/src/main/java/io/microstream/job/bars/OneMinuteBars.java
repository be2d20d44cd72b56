package io.microstream.job.bars;

import io.microstream.job.OperatorUids;
import io.microstream.job.config.BarsConfig;
import io.microstream.market.Bar;
import io.microstream.market.LateTrade;
import io.microstream.market.StreamEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * One-minute bars in event time: one for each minute from a symbol's first trade to its last, or to
 * the last minute that a completeness mark closes.
 *
 * @param bars provisional bars of the running minute, if the configuration asks for them, then the
 *     final bar, then its revisions
 * @param late trades that came after the allowed lateness of their minute, so that no bar holds
 *     them
 */
public record OneMinuteBars(DataStream<Bar> bars, DataStream<LateTrade> late) {

    static final OutputTag<LateTrade> LATE =
            new OutputTag<>("late-trades", TypeInformation.of(LateTrade.class));

    /**
     * Makes bars from a trade stream, each symbol by itself.
     *
     * @param runId id of the run if it starts afresh
     */
    public static OneMinuteBars of(DataStream<StreamEvent> events, BarsConfig config, long runId) {
        SingleOutputStreamOperator<Bar> bars =
                events.keyBy(StreamEvent::symbol)
                        .process(new MinuteClosing(config, runId))
                        .returns(TypeInformation.of(Bar.class))
                        .name(OperatorUids.ONE_MINUTE_BARS)
                        .uid(OperatorUids.ONE_MINUTE_BARS);
        return new OneMinuteBars(bars, bars.getSideOutput(LATE));
    }
}
