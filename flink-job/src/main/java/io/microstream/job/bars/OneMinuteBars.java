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
 * One-minute bars in event time, a bar for each minute from a symbol's first trade to its last, or
 * to the last minute that is proven to be over.
 *
 * @param bars provisional bars of the minute that runs, if any are asked for, then the final bar,
 *     then its revisions
 * @param late trades that no bar could take any more
 */
public record OneMinuteBars(DataStream<Bar> bars, DataStream<LateTrade> late) {

    static final OutputTag<LateTrade> LATE =
            new OutputTag<>("late-trades", TypeInformation.of(LateTrade.class));

    public static OneMinuteBars of(DataStream<StreamEvent> tape, BarsConfig config) {
        SingleOutputStreamOperator<Bar> bars =
                tape.keyBy(StreamEvent::symbol)
                        .process(new MinuteClosing(config))
                        .returns(TypeInformation.of(Bar.class))
                        .name(OperatorUids.ONE_MINUTE_BARS)
                        .uid(OperatorUids.ONE_MINUTE_BARS);
        return new OneMinuteBars(bars, bars.getSideOutput(LATE));
    }
}
