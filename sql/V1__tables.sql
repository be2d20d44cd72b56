-- The tables of MicroStream. Natural keys only: every writer upserts, so a replay of any part of the
-- input leaves the same rows. Numbers of the market are exact (numeric); doubles begin at features.
-- Everything here also runs on plain PostgreSQL; V2 makes hypertables where TimescaleDB is loaded.

CREATE TABLE bars (
    symbol                 text        NOT NULL,
    open_time              timestamptz NOT NULL,
    open                   numeric     NOT NULL,
    high                   numeric     NOT NULL,
    low                    numeric     NOT NULL,
    close                  numeric     NOT NULL,
    volume                 numeric     NOT NULL,
    quote_volume           numeric,
    taker_buy_volume       numeric,
    taker_buy_quote_volume numeric,
    trade_count            bigint,
    first_trade_id         bigint,
    last_trade_id          bigint,
    is_final               boolean     NOT NULL,
    complete               boolean     NOT NULL,
    revision               integer     NOT NULL,
    PRIMARY KEY (symbol, open_time)
);
COMMENT ON TABLE bars IS 'One-minute bars, equal to Binance''s klines to the last digit';
COMMENT ON COLUMN bars.quote_volume IS 'Unknown (null) where the input is klines of six columns; so are the taker volumes and trade_count';
COMMENT ON COLUMN bars.first_trade_id IS 'Lowest single-trade id; null where the minute has none or the input does not tell';
COMMENT ON COLUMN bars.complete IS 'Every trade of the minute is proven to be in: ids unbroken, both edges known';
COMMENT ON COLUMN bars.revision IS '0 when first final, +1 each time a late trade changed the bar';

CREATE TABLE features (
    symbol           text        NOT NULL,
    open_time        timestamptz NOT NULL,
    schema_version   integer     NOT NULL,
    momentum         double precision,
    volatility_proxy double precision,
    activity_ratio   double precision,
    log_volatility   double precision,
    log_volume       double precision,
    scaled_return    double precision,
    range_surge      double precision,
    volume_surge     double precision,
    taker_imbalance  double precision,
    baseline_bars    double precision,
    bar_revision     integer     NOT NULL,
    PRIMARY KEY (symbol, open_time, schema_version)
);
COMMENT ON TABLE features IS 'Features of each bar, a function of data up to that bar only; null where not defined yet';

CREATE TABLE regimes (
    symbol           text             NOT NULL,
    open_time        timestamptz      NOT NULL,
    model_id         text             NOT NULL,
    model_version    bigint           NOT NULL,
    regime           text             NOT NULL,
    confirmed_regime text             NOT NULL,
    p_stable         double precision NOT NULL,
    p_volatile       double precision NOT NULL,
    p_crisis         double precision NOT NULL,
    surprise         double precision NOT NULL,
    is_shadow        boolean          NOT NULL,
    bar_revision     integer          NOT NULL,
    PRIMARY KEY (symbol, open_time, model_id, model_version)
);
COMMENT ON COLUMN regimes.regime IS 'Most probable regime of this bar, given all bars up to it';
COMMENT ON COLUMN regimes.confirmed_regime IS 'Newest confirmed regime at this close: that of the bar two minutes before, judged with the two bars since';
COMMENT ON COLUMN regimes.surprise IS 'Minus log predictive density of this bar''s features';

CREATE TABLE anomalies (
    symbol        text             NOT NULL,
    open_time     timestamptz      NOT NULL,
    model_id      text             NOT NULL,
    model_version bigint           NOT NULL,
    score         double precision NOT NULL,
    threshold     double precision NOT NULL,
    is_anomaly    boolean          NOT NULL,
    severity      double precision NOT NULL,
    attribution   jsonb            NOT NULL,
    is_shadow     boolean          NOT NULL,
    bar_revision  integer          NOT NULL,
    PRIMARY KEY (symbol, open_time, model_id, model_version)
);
COMMENT ON COLUMN anomalies.severity IS 'Robust deviations of the most extreme feature; does not saturate where the score does';
COMMENT ON COLUMN anomalies.attribution IS 'Feature name to its share in the score''s excess';

CREATE TABLE data_quality (
    symbol      text        NOT NULL,
    detected_at timestamptz NOT NULL,
    kind        text        NOT NULL,
    first_id    bigint      NOT NULL,
    last_id     bigint      NOT NULL,
    missing     bigint      NOT NULL,
    repaired    bigint      NOT NULL,
    detail      text        NOT NULL,
    PRIMARY KEY (symbol, detected_at, kind, first_id)
);
COMMENT ON TABLE data_quality IS 'Faults of the feed as found, by event time; an unbroken feed leaves no row';

CREATE TABLE late_trades (
    symbol         text        NOT NULL,
    agg_trade_id   bigint      NOT NULL,
    price          numeric     NOT NULL,
    quantity       numeric     NOT NULL,
    first_trade_id bigint      NOT NULL,
    last_trade_id  bigint      NOT NULL,
    trade_time     timestamptz NOT NULL,
    buyer_is_maker boolean     NOT NULL,
    bar_open_time  timestamptz NOT NULL,
    PRIMARY KEY (symbol, agg_trade_id)
);
COMMENT ON TABLE late_trades IS 'Trades that came after their bar could still be revised; they are in no bar';

CREATE TABLE models (
    model_id       text        NOT NULL,
    model_version  bigint      NOT NULL,
    role           text        NOT NULL,
    symbol         text        NOT NULL,
    schema_version integer     NOT NULL,
    sha256         text        NOT NULL,
    trained_from   timestamptz,
    trained_to     timestamptz,
    effective_from timestamptz NOT NULL,
    status         text        NOT NULL,
    provenance     jsonb       NOT NULL,
    PRIMARY KEY (model_id, model_version)
);
COMMENT ON TABLE models IS 'Every model that the job was given, with where it comes from';
