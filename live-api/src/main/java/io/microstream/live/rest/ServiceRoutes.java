package io.microstream.live.rest;

/** Serves the contract and the metrics. */
public final class ServiceRoutes implements Mount {

    @Override
    public void mount(Routes routes, ServerContext server) {
        ApiResponse json = ApiResponse.text(ApiResponse.JSON, routes.contract().json());
        ApiResponse yaml =
                ApiResponse.text("application/yaml; charset=utf-8", routes.contract().yaml());
        routes.operation("getContractJson", request -> accepted(request, json));
        routes.operation("getContractYaml", request -> accepted(request, yaml));
        routes.operation(
                "getMetrics",
                request ->
                        accepted(
                                request,
                                ApiResponse.text(
                                        "text/plain; version=0.0.4; charset=utf-8",
                                        server.meters().scrape())));
    }

    private static ApiResponse accepted(ApiRequest request, ApiResponse answer) {
        request.mediaType();
        return answer;
    }
}
