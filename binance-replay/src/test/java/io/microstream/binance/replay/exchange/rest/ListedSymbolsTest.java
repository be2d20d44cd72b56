package io.microstream.binance.replay.exchange.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.session.RequestTarget;
import io.microstream.binance.replay.exchange.session.StreamName;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every symbol that the exchange lists can be asked for, and its streams can be subscribed. */
class ListedSymbolsTest {

    private static final int SYMBOLS = 2_000;

    @Test
    void everyListedSymbolIsAnsweredByRestAndHasStreams() {
        long seed = 11;
        System.out.println("ListedSymbolsTest: seed=" + seed);
        Random chance = new Random(seed);
        for (int i = 0; i < SYMBOLS; i++) {
            String symbol = symbol(chance);
            StubMarket market = new StubMarket().list(symbol, 10, List.of());
            HandlerClient client = new HandlerClient(market);
            String sent = URLEncoder.encode(symbol, UTF_8);
            String target = "/api/v3/aggTrades?symbol=" + sent;
            assertThat(answer(client, target).status()).as(symbol).isEqualTo(200);
            String list = URLEncoder.encode("[\"" + symbol + "\"]", UTF_8);
            RestAnswer info = answer(client, "/api/v3/exchangeInfo?symbols=" + list);
            assertThat(HandlerClient.json(info).at("/symbols/0/symbol").textValue())
                    .isEqualTo(symbol);
            StreamName stream = StreamName.read(symbol.toLowerCase(Locale.ROOT) + "@aggTrade");
            assertThat(stream).as(symbol).isNotNull();
            assertThat(stream.symbol()).isEqualTo(symbol);
            assertThat(stream.kind()).isEqualTo(StreamName.Kind.AGG_TRADE);
        }
    }

    private static RestAnswer answer(HandlerClient client, String pathAndQuery) {
        RequestTarget target = RequestTarget.read(pathAndQuery);
        RestCall call = new RestCall("GET", target.path(), target.query(), false, client.client);
        return client.handler.answer(call, client.nowNanos);
    }

    /** Returns 1 to 50 letters, digits and signs, each one the upper case of its lower case. */
    private static String symbol(Random chance) {
        StringBuilder symbol = new StringBuilder();
        int length = 1 + chance.nextInt(50);
        while (symbol.length() < length) {
            int character = chance.nextBoolean() ? chance.nextInt(128) : chance.nextInt(0xD800);
            String text = Character.toString(character);
            boolean letter = Character.isLetterOrDigit(character) && text.matches("[^a-z]");
            boolean sign = "-_.".contains(text);
            boolean stable = text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).equals(text);
            if ((letter || sign) && stable && !isPart(character)) {
                symbol.append(text);
            }
        }
        return symbol.toString();
    }

    /** True for what Java calls a letter or digit and its regular expressions do not. */
    private static boolean isPart(int character) {
        return !Character.toString(character).matches("(?U)[\\w.-]");
    }
}
