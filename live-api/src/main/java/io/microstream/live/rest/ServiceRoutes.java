package io.microstream.live.rest;

/** What the server says about itself: its contract and its metrics. */
public final class ServiceRoutes implements Mount {

    @Override
    public void mount(Routes routes, Parts parts) {
        Answer json = Answer.text(Answer.JSON, routes.contract().json());
        Answer yaml = Answer.text("application/yaml; charset=utf-8", routes.contract().yaml());
        routes.operation("getContractJson", call -> accepted(call, json));
        routes.operation("getContractYaml", call -> accepted(call, yaml));
        routes.operation(
                "getMetrics",
                call ->
                        accepted(
                                call,
                                Answer.text(
                                        "text/plain; version=0.0.4; charset=utf-8",
                                        parts.meters().scrape())));
    }

    private static Answer accepted(Call call, Answer answer) {
        call.mediaType();
        return answer;
    }
}
