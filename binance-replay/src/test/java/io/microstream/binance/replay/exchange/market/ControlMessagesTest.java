package io.microstream.binance.replay.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlMessagesTest {

    private static final String VARIANTS =
            "expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`,"
                    + " `GET_PROPERTY`";

    private final Exchange exchange = Exchange.btc(10);
    private final Exchange.Client client = exchange.connect("/ws");

    @Test
    void streamsAreAskedForListedAndGivenUp() {
        assertThat(
                        client.send(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"ethusdt@depth\"],\"id\":7}"))
                .isEqualTo("{\"result\":null,\"id\":7}");
        assertThat(client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"a-1\"}"))
                .isEqualTo("{\"result\":[\"btcusdt@aggTrade\",\"ethusdt@depth\"],\"id\":\"a-1\"}");
        assertThat(
                        client.send(
                                "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"never@trade\"],\"id\":null}"))
                .isEqualTo("{\"result\":null,\"id\":null}");
        exchange.play();
        assertThat(client.port.texts).hasSize(3);
        assertThat(
                        client.send(
                                "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"ethusdt@depth\"],\"id\":-8}"))
                .isEqualTo("{\"result\":null,\"id\":-8}");
        exchange.pass(2);
        assertThat(client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"params\":[],\"id\":9}"))
                .isEqualTo("{\"result\":[],\"id\":9}");
    }

    @Test
    void envelopeIsAPropertyOfTheConnection() {
        assertThat(client.send("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":1}"))
                .isEqualTo("{\"result\":false,\"id\":1}");
        assertThat(
                        exchange.connect("/stream")
                                .send(
                                        "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":1}"))
                .isEqualTo("{\"result\":true,\"id\":1}");
        assertThat(
                        client.send(
                                "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":2}"))
                .isEqualTo("{\"result\":null,\"id\":2}");
        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":3}");
        exchange.play();
        assertThat(client.port.texts.get(3))
                .startsWith("{\"stream\":\"btcusdt@aggTrade\",\"data\":{");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {"method":"SET_PROPERTY","params":["other",true],"id":4}        | 0 | Unknown property | 4
            {"method":"GET_PROPERTY","params":["other"],"id":4}             | 0 | Unknown property | 4
            {"method":"SET_PROPERTY","params":["combined",1],"id":4}        | 1 | Invalid value type: expected Boolean | 4
            {"method":"SET_PROPERTY","params":["combined"],"id":4}          | 1 | Invalid value type: expected Boolean | 4
            {"method":"SET_PROPERTY","params":[true,"combined"],"id":4}     | 2 | Invalid request: property name must be a string | 4
            {"method":"GET_PROPERTY","id":4}                                | 2 | Invalid request: property name must be a string | 4
            {"method":"SUBSCRIBE","params":["btcusdt@trade"]}               | 2 | Invalid request: request ID must be an unsigned integer | null
            {"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1.5}      | 2 | Invalid request: request ID must be an unsigned integer | null
            {"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":"a b"}    | 2 | Invalid request: request ID must be an unsigned integer | null
            {"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":99999999999999999999} | 2 | Invalid request: request ID must be an unsigned integer | null
            {"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":4}           | 2 | Invalid request: too many parameters | 4
            {"method":"GET_PROPERTY","params":["combined",true],"id":4}     | 2 | Invalid request: too many parameters | 4
            {"method":"SET_PROPERTY","params":["combined",true,1],"id":4}   | 2 | Invalid request: too many parameters | 4
            {"params":["btcusdt@trade"],"id":4}                             | 2 | Invalid request: missing field `method` at line 1 column 35 | 4
            {"method":"SUBSCRIBE","params":["btcusdt"],"id":4}              | 2 | Invalid request: invalid stream | 4
            {"method":"SUBSCRIBE","params":["@trade"],"id":4}               | 2 | Invalid request: invalid stream | 4
            {"method":"SUBSCRIBE","params":["btc usdt@trade"],"id":4}       | 2 | Invalid request: invalid stream | 4
            {"method":"SUBSCRIBE","params":["btcusdt@trade",5],"id":4}      | 2 | Invalid request: invalid stream | 4
            {"method":"SUBSCRIBE"                                           | 3 | Invalid JSON: expected value at line 1 column 22 | null
            hello                                                           | 3 | Invalid JSON: expected value at line 1 column 6 | null
            """)
    void errorsAreWordedAsDocumented(String request, int code, String message, String id) {
        String error = "{\"code\":" + code + ",\"msg\":\"" + message + "\"";

        assertThat(client.send(request)).isEqualTo("{\"error\":" + error + "},\"id\":" + id + "}");
        assertThat(client.session.streams()).isEmpty();

        Exchange bare =
                new Exchange(
                        ExchangeConfig.lockstep(Set.of()).withBareErrors(),
                        List.of(Market.listing("BTCUSDT", 1, 1)));
        assertThat(bare.connect("/ws").send(request))
                .isEqualTo(error + (code == 0 ? ",\"id\":" + id + "}" : "}"));
    }

    @Test
    void unknownMethodIsAnUnknownVariant() {
        assertThat(client.send("{\"method\":\"HELLO\",\"id\":1}"))
                .isEqualTo(
                        "{\"error\":{\"code\":2,\"msg\":\"Invalid request: unknown variant `HELLO`, "
                                + VARIANTS
                                + " at line 1 column 17\"},\"id\":1}");
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch@aggTrade",
        "BTCUSDT@aggTrade",
        "btcusdt@aggtrade",
        "btcusdt@kline_7m",
        "!ticker@arr"
    })
    void wellFormedNameOfNothingIsAcknowledgedAndSilent(String name) {
        exchange.connect("/ws/btcusdt@aggTrade");
        assertThat(client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + name + "\"],\"id\":1}"))
                .isEqualTo("{\"result\":null,\"id\":1}");
        exchange.play();
        assertThat(exchange.core.ended()).isTrue();
        assertThat(client.port.texts).hasSize(1);
    }

    @Test
    void askingTwiceIsHarmless() {
        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");
        client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":2}");
        exchange.play();
        assertThat(client.ids()).isEqualTo(Exchange.range(1, 10));
    }
}
