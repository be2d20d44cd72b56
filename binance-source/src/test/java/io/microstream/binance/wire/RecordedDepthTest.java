package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.market.Decimal8;
import io.microstream.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded answers beside the project against a tree of JSON; skipped where they are not. */
class RecordedDepthTest {

    @Test
    void recordedSnapshotsAreReadToTheLastLevel() throws Exception {
        Path file = SharedData.require("data/frames/spot-2021-10-11.http.txt");
        List<String> lines =
                Files.readAllLines(file).stream().filter(line -> line.contains("/depth?")).toList();
        int levels = 0;
        for (String line : lines) {
            String json = line.substring(line.indexOf('{'));
            DepthSnapshot depth =
                    JsonReader.read(json.getBytes(UTF_8), body -> DepthJson.read(body, "X"));
            JsonNode tree = new ObjectMapper().readTree(json);
            assertThat(depth.lastUpdateId()).isEqualTo(tree.get("lastUpdateId").longValue());
            levels += compare(tree.get("bids"), depth.bidPrices(), depth.bidQuantities());
            levels += compare(tree.get("asks"), depth.askPrices(), depth.askQuantities());
        }
        assertThat(lines).hasSize(4);
        assertThat(levels).isGreaterThan(4_000);
    }

    private static int compare(JsonNode side, long[] prices, long[] quantities) {
        assertThat(prices).hasSize(side.size()).hasSameSizeAs(quantities);
        for (int i = 0; i < side.size(); i++) {
            assertThat(prices[i]).isEqualTo(Decimal8.parse(side.get(i).get(0).asText()));
            assertThat(quantities[i]).isEqualTo(Decimal8.parse(side.get(i).get(1).asText()));
        }
        return side.size();
    }
}
