package io.microstream.binance.replay.exchange.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.binance.replay.Chance;
import io.microstream.binance.replay.exchange.history.RandomTrades;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradeAnswersTest {

    private static final String BTC = "BTCUSDT";
    private static final String AGG = "aggTrades?symbol=BTCUSDT";

    private final List<Trade> all = RandomTrades.of(BTC, 6_000, 11);
    private final List<Trade> kept = all.subList(1_000, 6_000);
    private final StubMarket market = new StubMarket().list(BTC, 5_000, all);
    private final HandlerClient client = new HandlerClient(market);

    @Test
    void rowsAreWrittenAsDocumented() {
        StubMarket eth = new StubMarket();
        eth.list(
                "ETHUSDT",
                10,
                List.of(
                        new Trade(
                                "ETHUSDT",
                                1_502_250_001L,
                                297_142_000_000L,
                                12_000_000L,
                                2_954_000_100L,
                                2_954_000_100L,
                                1_767_225_600_411_789L,
                                false)));
        HandlerClient asker = new HandlerClient(eth);
        assertThat(HandlerClient.text(asker.get("aggTrades?symbol=ETHUSDT")))
                .isEqualTo(
                        "[{\"a\":1502250001,\"p\":\"2971.42000000\",\"q\":\"0.12000000\","
                                + "\"f\":2954000100,\"l\":2954000100,\"T\":1767225600411,"
                                + "\"m\":false,\"M\":true}]");
        assertThat(HandlerClient.text(asker.get("trades?symbol=ETHUSDT")))
                .isEqualTo(
                        "[{\"id\":2954000100,\"price\":\"2971.42000000\",\"qty\":\"0.12000000\","
                                + "\"quoteQty\":\"356.57040000\",\"time\":1767225600411,"
                                + "\"isBuyerMaker\":false,\"isBestMatch\":true}]");
        assertThat(asker.micros("aggTrades?symbol=ETHUSDT").get(0).get("T").longValue())
                .isEqualTo(1_767_225_600_411_789L);
        assertThat(asker.micros("trades?symbol=ETHUSDT").get(0).get("time").longValue())
                .isEqualTo(1_767_225_600_411_789L);
    }

    @ParameterizedTest
    @CsvSource({"'',500", "&limit=1,1", "&limit=1000,1000", "&limit=5000,1000"})
    void withoutARangeTheNewestTradesComeInOrder(String limit, int rows) {
        assertThat(ids(client.json(AGG + limit))).isEqualTo(newest(trade -> true, rows));
    }

    @Test
    void aggTradesAreThePastTrades() {
        JsonNode rows = client.json(AGG + "&limit=1000");
        for (int i = 0; i < 1_000; i++) {
            Trade trade = all.get(5_000 + i);
            assertThat(rows.get(i).toString())
                    .isEqualTo(
                            "{\"a\":%d,\"p\":\"%s\",\"q\":\"%s\",\"f\":%d,\"l\":%d,\"T\":%d,\"m\":%b,\"M\":true}"
                                    .formatted(
                                            trade.id(),
                                            Decimal8.toBigDecimal(trade.price()),
                                            Decimal8.toBigDecimal(trade.quantity()),
                                            trade.firstTradeId(),
                                            trade.lastTradeId(),
                                            trade.timeUs() / 1_000,
                                            trade.buyerIsMaker()));
        }
    }

    @Test
    void fromIdIsInclusiveAndPagesThroughEverything() {
        List<Long> read = new ArrayList<>();
        long from = kept.get(0).id();
        while (from <= all.get(5_999).id()) {
            List<Long> page = ids(client.json(AGG + "&limit=1000&fromId=" + from));
            read.addAll(page);
            from = page.get(page.size() - 1) + 1;
        }
        assertThat(read).isEqualTo(kept.stream().map(Trade::id).toList());
        assertThat(client.json(AGG + "&fromId=" + from)).isEmpty();
        assertThat(client.json(AGG + "&fromId=99999999999999999999")).isEmpty();
    }

    @Test
    void idsBelowTheRetainedRangeStartHigherWithoutError() {
        assertThat(ids(client.json(AGG + "&fromId=1&limit=2")))
                .containsExactly(kept.get(0).id(), kept.get(1).id());
        assertThat(ids(client.json(AGG + "&startTime=1&limit=1")))
                .containsExactly(kept.get(0).id());
        JsonNode singles = client.json("historicalTrades?symbol=BTCUSDT&fromId=1&limit=1");
        assertThat(singles.get(0).get("id").longValue()).isEqualTo(kept.get(0).firstTradeId());
    }

    @ParameterizedTest(name = "micros={0}")
    @CsvSource({"false", "true"})
    void rangesHoldWhatAFilterHolds(boolean micros) {
        Chance chance = new Chance(5);
        long unit = micros ? 1 : 1_000;
        for (int i = 0; i < 300; i++) {
            long start = kept.get((int) chance.below(5_000)).timeUs() / unit;
            long end = start + chance.below(4) * chance.below(300_000_000) / unit;
            int limit = 1 + (int) chance.below(300);
            client.nowNanos += HandlerClient.SECOND;
            long startUs = start * unit;
            long endUs = end * unit + unit - 1;
            String limited = AGG + "&limit=" + limit;
            assertThat(ids(client.json(limited + "&startTime=" + start)))
                    .isEqualTo(oldest(trade -> trade.timeUs() >= startUs, limit));
            assertThat(ids(client.json(limited + "&endTime=" + end)))
                    .isEqualTo(newest(trade -> trade.timeUs() <= endUs, limit));
            assertThat(ids(client.json(limited + "&startTime=" + start + "&endTime=" + end)))
                    .isEqualTo(
                            oldest(
                                    trade -> trade.timeUs() >= startUs && trade.timeUs() <= endUs,
                                    limit));
        }
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsEmpty() {
        long ms = kept.get(100).timeUs() / 1_000;
        assertThat(client.json(AGG + "&startTime=" + ms + "&endTime=" + (ms - 1))).isEmpty();
        assertThat(client.json(AGG + "&endTime=1")).isEmpty();
    }

    @Test
    void singlesSumToTheirAggregates() {
        Map<Long, BigDecimal> quantities = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        long from = kept.get(0).firstTradeId();
        long last = kept.get(4_999).lastTradeId();
        while (from <= last) {
            client.nowNanos += HandlerClient.SECOND;
            String target = "historicalTrades?symbol=BTCUSDT&limit=1000&fromId=" + from;
            for (JsonNode row : client.json(target)) {
                ids.add(row.get("id").longValue());
                quantities.put(
                        row.get("id").longValue(), new BigDecimal(row.get("qty").textValue()));
                BigDecimal price = new BigDecimal(row.get("price").textValue());
                assertThat(new BigDecimal(row.get("quoteQty").textValue()))
                        .isEqualByComparingTo(
                                price.multiply(new BigDecimal(row.get("qty").textValue())));
            }
            from = ids.get(ids.size() - 1) + 1;
        }
        assertThat(ids)
                .isEqualTo(
                        LongStream.rangeClosed(kept.get(0).firstTradeId(), last).boxed().toList());
        for (Trade trade : kept) {
            BigDecimal sum = BigDecimal.ZERO;
            for (long id = trade.firstTradeId(); id <= trade.lastTradeId(); id++) {
                sum = sum.add(quantities.get(id));
            }
            assertThat(sum).isEqualByComparingTo(Decimal8.toBigDecimal(trade.quantity()));
        }
    }

    @ParameterizedTest
    @CsvSource({"trades,'',500", "trades,&limit=3,3", "historicalTrades,&limit=2000,1000"})
    void newestSinglesEndWithTheNewest(String path, String limit, int rows) {
        long last = all.get(5_999).lastTradeId();
        List<Long> ids = new ArrayList<>();
        client.json(path + "?symbol=BTCUSDT" + limit).forEach(r -> ids.add(r.get("id").asLong()));
        assertThat(ids).isEqualTo(LongStream.rangeClosed(last - rows + 1, last).boxed().toList());
    }

    @Test
    void historicalTradesStartInTheMiddleOfAnAggregate() {
        Trade several = kept.stream().filter(t -> t.tradeCount() > 2).findFirst().orElseThrow();
        long from = several.lastTradeId();
        JsonNode rows = client.json("historicalTrades?symbol=BTCUSDT&limit=2&fromId=" + from);
        assertThat(rows.get(0).get("id").longValue()).isEqualTo(from);
        assertThat(rows.get(1).get("id").longValue()).isEqualTo(from + 1);
    }

    @Test
    void afterAResetOfTheIdsOnlyTheNewOnesExist() {
        long laterUs = all.get(5_999).timeUs() + 1_000_000;
        market.pastTrades(BTC).append(1, Decimal8.ONE, Decimal8.ONE, 1, 3, laterUs, true);
        assertThat(ids(client.json(AGG + "&fromId=" + kept.get(0).id()))).isEmpty();
        assertThat(ids(client.json(AGG + "&fromId=1"))).containsExactly(1L);
        assertThat(ids(client.json(AGG))).containsExactly(1L);
        assertThat(client.json("trades?symbol=BTCUSDT")).hasSize(3);
    }

    @Test
    void aSymbolWithoutTradesHasNone() {
        market.list("ETHUSDT", 10, List.of());
        assertThat(HandlerClient.text(client.get("aggTrades?symbol=ETHUSDT"))).isEqualTo("[]");
        assertThat(HandlerClient.text(client.get("trades?symbol=ETHUSDT"))).isEqualTo("[]");
        assertThat(HandlerClient.text(client.get("historicalTrades?symbol=ETHUSDT&fromId=1")))
                .isEqualTo("[]");
    }

    private List<Long> oldest(Predicate<Trade> wanted, int limit) {
        return kept.stream().filter(wanted).limit(limit).map(Trade::id).toList();
    }

    private List<Long> newest(Predicate<Trade> wanted, int limit) {
        List<Long> ids = kept.stream().filter(wanted).map(Trade::id).toList();
        return ids.subList(Math.max(0, ids.size() - limit), ids.size());
    }

    private static List<Long> ids(JsonNode rows) {
        List<Long> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.get("a").longValue()));
        return ids;
    }
}
