"use strict";
(function () {
  const root = document.documentElement;
  const state = { charts: 0, rendered: 0, errors: 0 };
  function publish() {
    root.dataset.charts = state.charts;
    root.dataset.rendered = state.rendered;
    root.dataset.errors = state.errors;
  }
  function failed(what) {
    state.errors++;
    root.dataset.firstError = root.dataset.firstError || String(what);
    publish();
  }
  window.addEventListener("error", (e) => failed(e.message));
  window.addEventListener("unhandledrejection", (e) => failed(e.reason));
  for (const level of ["error", "warn"]) {
    const original = console[level].bind(console);
    console[level] = (...parts) => { failed(parts.join(" ")); original(...parts); };
  }

  const report = JSON.parse(document.getElementById("report").textContent);
  const figures = report.figures;
  const contamination = report.settings.contamination;
  const COLOURS = ["#56b4e9", "#e69f00", "#a3242b"];
  const BANDS = ["rgba(86,180,233,0.20)", "rgba(230,159,0,0.30)", "rgba(163,36,43,0.45)"];
  const NAMES = ["Stable liquidity", "High volatility", "Liquidity crisis"];
  const SHORT = ["Stable", "Volatile", "Crisis"];
  const PARTS = { "training": "#a9b4c0", "hold-out": "#2f4b66" };
  const INK = "#1d2733", SOFT = "#5b6875", LINE = "#dfe4ea";
  const FEATURES = ["#0072b2", "#cc79a7", "#009e73", "#d55e00", "#f0e442"];
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';

  const fixed = (digits) => (v) => (v === null || v === undefined || !isFinite(v) ? "–" : Number(v).toFixed(digits));
  const percent = (digits) => (v) => (v === null || v === undefined || !isFinite(v) ? "–" : (100 * v).toFixed(digits) + " %");
  const minute = (ms) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");
  const compact = (v) => (v >= 10000 ? v / 1000 + "k" : String(+v.toPrecision(3)));

  function axis(extra) {
    return Object.assign({
      axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: { color: SOFT, fontSize: 11 },
      splitLine: { lineStyle: { color: "#eef1f4" } }, nameTextStyle: { color: SOFT, fontSize: 11 },
    }, extra);
  }
  function base(extra) {
    return Object.assign({
      animation: false, textStyle: { fontFamily: FONT, color: INK },
      grid: { left: 56, right: 16, top: 30, bottom: 34 },
      tooltip: { trigger: "item", confine: true, textStyle: { fontSize: 12, color: INK }, borderColor: LINE },
    }, extra);
  }
  const legend = (extra) => Object.assign({ top: 0, right: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: SOFT, fontSize: 11 } }, extra);
  const limit = (values, format) => ({
    silent: true, symbol: "none", lineStyle: { type: "dashed", color: SOFT, width: 1 },
    label: { formatter: (p) => format(p.value), color: SOFT, fontSize: 10, position: "insideEndTop" },
    data: values.map((v) => ({ yAxis: v })),
  });
  /** Intervals as vertical bars: data [x, low, high]. */
  function intervals(data, colour, width) {
    return {
      type: "custom", silent: true, z: 3, data: data.filter((d) => d[1] !== null && d[2] !== null), encode: { x: 0, y: [1, 2] },
      renderItem: (params, api) => {
        const a = api.coord([api.value(0), api.value(1)]), b = api.coord([api.value(0), api.value(2)]);
        const shift = data[params.dataIndex].length > 3 ? api.value(3) : 0;
        return { type: "line", shape: { x1: a[0] + shift, y1: a[1], x2: b[0] + shift, y2: b[1] }, style: { stroke: colour, lineWidth: width } };
      },
    };
  }
  const KINDS = {
    candidates(symbol, item) {
      const byK = [...new Set(report.candidates.map((c) => c.states))];
      const value = (c) => (item === 0 ? c.validationPerBar : c.bicPerBar);
      const sets = [["chosen", (c) => c.chosen, "#00694e", "diamond", 17], ["qualifies", (c) => !c.chosen && c.reasons.length === 0, "#0072b2", "circle", 9],
        ["does not qualify", (c) => !c.chosen && c.reasons.length > 0, "#a9b4c0", "circle", 9]];
      const spread = (c) => {
        const own = report.candidates.filter((o) => o.states === c.states);
        return byK.indexOf(c.states) + (own.length < 2 ? 0 : (own.indexOf(c) / (own.length - 1) - 0.5) * 0.6);
      };
      const series = sets.map(([name, test, colour, symbolName, size]) => ({
        name, type: "scatter", symbol: symbolName, symbolSize: size, itemStyle: { color: colour }, z: name === "chosen" ? 5 : 2,
        data: report.candidates.filter(test).map((c) => ({ value: [spread(c), value(c)], candidate: c })),
      })).filter((s) => s.data.length > 0);
      if (item === 0) {
        const data = report.candidates.filter((c) => c.behindError !== null && c.behindError > 0)
          .map((c) => [spread(c), c.validationPerBar - 2 * c.behindError, c.validationPerBar + 2 * c.behindError]);
        if (data.length > 0) series.push(intervals(data, "#8794a1", 1));
      }
      return base({
        grid: { left: 66, right: 16, top: 30, bottom: 42 }, legend: legend({ data: sets.map((s) => s[0]) }),
        tooltip: Object.assign(base().tooltip, { formatter: (p) => p.data.candidate ? "K = " + p.data.candidate.states + ", " + p.data.candidate.startName + "<br>" + fixed(5)(value(p.data.candidate)) + " nats a bar" : "" }),
        xAxis: axis({ type: "value", min: -0.5, max: byK.length - 0.5, interval: 0.5, name: "states K, starts side by side", nameLocation: "middle", nameGap: 26, splitLine: { show: false },
          axisLabel: { color: SOFT, formatter: (v) => (Number.isInteger(v) && byK[v] !== undefined ? "K = " + byK[v] : "") } }),
        yAxis: axis({ type: "value", scale: true, axisLine: { show: false }, axisLabel: { color: SOFT, fontSize: 11, formatter: (v) => +v.toFixed(4) } }), series,
      });
    },

    price(symbol, item) {
      const p = figures.symbols[symbol].prices[item];
      const end = p.bandTo.length ? p.bandTo[p.bandTo.length - 1] : p.time[p.time.length - 1];
      const step = p.shareMinutes * 60000;
      const broken = [];
      p.time.forEach((t, i) => {
        if (i > 0 && t - p.time[i - 1] > p.bucketMinutes * 60000) broken.push([t - 1, null]);
        broken.push([t, p.last[i]]);
      });
      const range = {
        type: "custom", silent: true, z: 1, encode: { x: [0, 1], y: [2, 3] }, tooltip: { show: false },
        data: [[p.time[0], end, p.low.reduce((a, b) => Math.min(a, b), Infinity), p.high.reduce((a, b) => Math.max(a, b), 0)]],
        renderItem: (params, api) => {
          const points = p.time.map((t, i) => api.coord([t, p.high[i]])).concat(p.time.map((t, i) => api.coord([t, p.low[i]])).reverse());
          const area = params.coordSys;
          return { type: "group", children: [{ type: "polygon", shape: { points }, style: { fill: "rgba(29,39,51,0.28)" } }], clipPath: { type: "rect", shape: { x: area.x, y: area.y, width: area.width, height: area.height } } };
        },
      };
      const bands = {
        type: "custom", silent: true, z: 0, clip: true, xAxisIndex: 0, yAxisIndex: 2, encode: { x: [0, 1] }, tooltip: { show: false },
        data: p.bandFrom.map((from, i) => [from, p.bandTo[i], p.bandRegime[i]]),
        renderItem: (params, api) => {
          const area = params.coordSys, a = api.coord([api.value(0), 0])[0], b = api.coord([api.value(1), 0])[0];
          const shape = echarts.graphic.clipRectByRect({ x: a, y: area.y, width: Math.max(b - a, 0.6), height: area.height }, area);
          return shape && { type: "rect", shape, style: { fill: BANDS[api.value(2)] } };
        },
      };
      const shares = [0, 1, 2].map((g) => ({
        name: NAMES[g], type: "custom", xAxisIndex: 1, yAxisIndex: 1, clip: true, itemStyle: { color: COLOURS[g] }, encode: { x: [0, 1], y: [2, 3] },
        data: p.shareTime.map((t, i) => {
          const own = p.shares[i], below = own.slice(0, g).reduce((a, b) => a + b, 0);
          return [t, Math.min(t + step, end), below, below + own[g], i];
        }).filter((d) => isFinite(d[3]) && d[3] > d[2]),
        renderItem: (params, api) => {
          const a = api.coord([api.value(0), api.value(3)]), b = api.coord([api.value(1), api.value(2)]);
          const shape = echarts.graphic.clipRectByRect({ x: a[0], y: a[1], width: Math.max(b[0] - a[0] - 0.4, 0.4), height: b[1] - a[1] }, params.coordSys);
          return shape && { type: "rect", shape, style: { fill: COLOURS[g] } };
        },
        tooltip: { formatter: (q) => minute(q.value[0]) + " UTC<br>" + [0, 1, 2].map((h) => SHORT[h] + " " + percent(1)(p.shares[q.value[4]][h])).join("<br>") },
      }));
      return base({
        grid: [{ left: 62, right: 16, top: 12, height: "56%" }, { left: 62, right: 16, top: "68%", height: "17%" }],
        tooltip: Object.assign(base().tooltip, { trigger: "item" }),
        axisPointer: { link: [{ xAxisIndex: "all" }] },
        xAxis: [0, 1].map((g) => axis({ type: "time", gridIndex: g, min: p.time[0], max: end, axisLabel: { show: g === 1, color: SOFT, fontSize: 11, hideOverlap: true }, splitLine: { show: false } })),
        yAxis: [axis({ type: "value", scale: true, gridIndex: 0, axisLabel: { color: SOFT, fontSize: 11, formatter: compact } }),
          axis({ type: "value", gridIndex: 1, min: 0, max: 1, interval: 0.5, axisLabel: { color: SOFT, fontSize: 11, formatter: percent(0) } }),
          { type: "value", gridIndex: 0, min: 0, max: 1, show: false }],
        dataZoom: [{ type: "inside", xAxisIndex: [0, 1], zoomOnMouseWheel: "ctrl", filterMode: "weakFilter" }, { type: "slider", xAxisIndex: [0, 1], bottom: 6, height: 18, showDetail: false, brushSelect: false, borderColor: LINE, filterMode: "weakFilter" }],
        series: [bands, range,
          { name: "close", type: "line", symbol: "none", lineStyle: { color: INK, width: 1 }, data: broken, silent: true, z: 2 },
          ...shares],
      });
    },

    forward(symbol) {
      const s = figures.symbols[symbol], q = s.quantities[3];
      const points = q.regimes.map((r, g) => ({ value: [g, r.median.value], itemStyle: { color: COLOURS[g] }, label: { color: g === 2 ? "#ffffff" : INK } }));
      const high = Math.max(...q.regimes.map((r) => r.median.high || r.median.value || 0), ...s.inSample.forwardVolatilityBp.map((v) => v || 0));
      return base({
        legend: legend({ data: ["hold-out", "training"] }),
        xAxis: axis({ type: "category", data: SHORT, splitLine: { show: false } }),
        yAxis: axis({ type: "value", name: "bp", min: 0, max: Math.ceil(high * 1.15 / 5) * 5 }),
        series: [
          { name: "hold-out", type: "bar", barWidth: "32%", data: points, itemStyle: { color: PARTS["hold-out"] }, label: { show: true, position: "insideBottom", fontSize: 12, formatter: (p) => fixed(1)(p.value[1]) } },
          { name: "training", type: "scatter", symbol: "diamond", symbolSize: 12, symbolOffset: ["280%", 0], itemStyle: { color: "#ffffff", borderColor: INK, borderWidth: 1.5 }, data: s.inSample.forwardVolatilityBp.map((v, g) => [g, v]) },
          intervals(q.regimes.map((r, g) => [g, r.median.low, r.median.high]), INK, 2),
        ],
      });
    },

    quantity(symbol, item) {
      const q = figures.symbols[symbol].quantities[item];
      const log = item > 0;
      const floor = Math.min(...q.regimes.map((r) => r.q25 / 4).filter((v) => v > 0), Infinity);
      const positive = (v) => (v === null ? null : log ? Math.max(v, isFinite(floor) ? floor : 0.01) : v);
      return base({
        tooltip: Object.assign(base().tooltip, { formatter: (p) => { const r = q.regimes[p.dataIndex]; return NAMES[p.dataIndex] + ", n = " + r.minutes + "<br>mean " + fixed(3)(r.mean.value) + " [" + fixed(3)(r.mean.low) + ", " + fixed(3)(r.mean.high) + "]<br>median " + fixed(3)(r.median.value) + "<br>5 % " + fixed(2)(r.q05) + ", 95 % " + fixed(2)(r.q95) + " " + q.unit; } }),
        xAxis: axis({ type: "category", data: SHORT, splitLine: { show: false } }),
        yAxis: axis({ type: log ? "log" : "value", name: q.unit, axisLabel: { color: SOFT, fontSize: 11, formatter: compact } }),
        series: [
          { type: "boxplot", boxWidth: [20, 46], data: q.regimes.map((r, g) => ({ value: [r.q05, r.q25, r.median.value, r.q75, r.q95].map(positive), itemStyle: { color: BANDS[g], borderColor: COLOURS[g], borderWidth: 1.5 } })) },
          { type: "scatter", symbol: "diamond", symbolSize: 8, itemStyle: { color: INK }, data: q.regimes.map((r, g) => [g, positive(r.mean.value)]) },
          intervals(q.regimes.map((r, g) => [g, positive(r.mean.low), positive(r.mean.high)]), INK, 1.5),
        ],
      });
    },

    durations(symbol, item) {
      const d = figures.symbols[symbol].durations[item];
      const label = d.binFrom.map((from, b) => (from === d.binTo[b] ? String(from) : from + "–" + d.binTo[b]));
      const positive = (values) => values.map((v) => (v >= 0.5 ? v : null));
      return base({
        grid: { left: 48, right: 10, top: 30, bottom: 46 }, legend: legend({ data: ["runs", "geometric", "latent chain"] }),
        tooltip: Object.assign(base().tooltip, { trigger: "axis", formatter: (ps) => label[ps[0].dataIndex] + " min<br>runs " + d.counts[ps[0].dataIndex] + "<br>geometric " + fixed(1)(d.geometric[ps[0].dataIndex]) + "<br>latent chain " + fixed(1)(d.chain[ps[0].dataIndex]) }),
        xAxis: axis({ type: "category", data: label, name: "minutes", nameLocation: "middle", nameGap: 28, splitLine: { show: false }, axisLabel: { color: SOFT, fontSize: 10, hideOverlap: true } }),
        yAxis: axis({ type: "log", min: 0.5, name: "runs", axisLabel: { color: SOFT, fontSize: 11, formatter: (v) => (v >= 1 ? compact(v) : "") } }),
        series: [
          { name: "runs", type: "bar", barCategoryGap: "12%", itemStyle: { color: COLOURS[item] }, data: positive(d.counts) },
          { name: "geometric", type: "line", symbol: "none", lineStyle: { type: "dashed", color: SOFT, width: 1.5 }, itemStyle: { color: SOFT }, data: positive(d.geometric) },
          { name: "latent chain", type: "line", symbol: "none", lineStyle: { color: INK, width: 1.5 }, itemStyle: { color: INK }, data: positive(d.chain) },
        ],
      });
    },

    matrix(symbol, item) {
      const t = item === 0 ? figures.stateTransitions : figures.symbols[symbol].statePath;
      const n = t.labels.length, data = [];
      t.probabilities.forEach((row, a) => row.forEach((p, b) => data.push([b, n - 1 - a, p > 0 ? Math.max(Math.log10(p), -6) : -6, p])));
      return base({
        grid: { left: 40, right: 16, top: 26, bottom: 10 },
        tooltip: Object.assign(base().tooltip, { formatter: (p) => t.labels[n - 1 - p.value[1]] + " → " + t.labels[p.value[0]] + ": " + fixed(6)(p.value[3]) }),
        xAxis: axis({ type: "category", data: t.labels, position: "top", splitLine: { show: false } }),
        yAxis: axis({ type: "category", data: [...t.labels].reverse(), splitLine: { show: false } }),
        visualMap: { show: false, min: -6, max: 0, dimension: 2, inRange: { color: ["#ffffff", "#d6e6f2", "#6baed6", "#08519c"] } },
        series: [{ type: "heatmap", data, itemStyle: { borderColor: "#fff", borderWidth: 1 },
          label: { show: true, fontSize: 11, color: "inherit", formatter: (p) => "{" + (p.value[2] > -1 ? "a" : "b") + "|" + (p.value[3] === null ? "–" : p.value[3] >= 0.001 ? p.value[3].toFixed(3) : p.value[3] >= 1e-9 ? p.value[3].toExponential(0) : "0") + "}", rich: { a: { color: "#fff", fontSize: 11 }, b: { color: INK, fontSize: 11 } } } }],
      });
    },

    fit(symbol) {
      const fit = figures.symbols[symbol].fit;
      return base({
        grid: { left: 56, right: 16, top: 16, bottom: 34 },
        xAxis: axis({ type: "category", data: fit.map((m) => m.month), splitLine: { show: false } }),
        yAxis: axis({ type: "value", scale: true, axisLabel: { color: SOFT, fontSize: 11, formatter: (v) => +v.toFixed(3) } }),
        tooltip: Object.assign(base().tooltip, { formatter: (p) => { const m = fit[p.dataIndex]; return m.month + ", " + m.part + "<br>" + fixed(4)(m.logLikelihoodPerBar) + " nats a bar, n = " + m.minutes; } }),
        series: [{ type: "line", symbol: "circle", symbolSize: 9, lineStyle: { color: LINE, width: 1 }, data: fit.map((m) => ({ value: m.logLikelihoodPerBar, itemStyle: { color: PARTS[m.part] } })) }],
      });
    },

    folds(symbol, item) {
      const folds = figures.folds, names = folds.map((f) => f.trainedTo.slice(0, 10));
      const line = (name, values, colour) => ({ name, type: "line", symbol: "circle", symbolSize: 8, lineStyle: { color: colour, width: 1.5 }, itemStyle: { color: colour }, data: values });
      const kinds = [
        { values: [["stable to volatile", "stableToVolatile", COLOURS[1]], ["volatile to crisis", "volatileToCrisis", COLOURS[2]]], limits: [1.5], format: fixed(1) },
        { values: [["crisis", "crisisOccupancy", COLOURS[2]]], limits: [0.02, 0.2], format: percent(0) },
        { values: [["log likelihood", "logLikelihoodPerBar", PARTS["hold-out"]]], limits: [], format: fixed(2) },
        { values: [["flagged", "flagRate", PARTS["hold-out"]]], limits: [contamination / 2, contamination, 2 * contamination], format: percent(1) },
      ][item];
      const series = kinds.values.map((v) => line(v[0], folds.map((f) => f[v[1]]), v[2]));
      if (kinds.limits.length) series[0].markLine = limit(kinds.limits, kinds.format);
      return base({
        legend: kinds.values.length > 1 ? legend({}) : { show: false },
        tooltip: Object.assign(base().tooltip, { formatter: (p) => "from " + names[p.dataIndex] + "<br>" + p.seriesName + " " + (item === 1 || item === 3 ? percent(2) : fixed(3))(p.value) }),
        xAxis: axis({ type: "category", data: names, splitLine: { show: false }, axisLabel: { color: SOFT, fontSize: 11, hideOverlap: true } }),
        yAxis: axis({ type: "value", scale: item === 0 || item === 2, min: item === 0 ? (v) => Math.floor(Math.min(v.min, 1.5) * 10 - 0.5) / 10 : item === 2 ? undefined : 0, max: item === 1 ? (v) => Math.max(0.25, Math.ceil(v.max * 20) / 20) : item === 3 ? (v) => Math.max(2.5 * contamination, v.max * 1.1) : undefined,
          axisLabel: { color: SOFT, fontSize: 11, showMaxLabel: item !== 3, formatter: item === 0 || item === 2 ? (v) => +v.toFixed(3) : percent(item === 1 ? 0 : 1) } }),
        series,
      });
    },

    flagRates(symbol, item) {
      const own = figures.symbols[symbol], asked = item === 0 ? contamination : report.settings.surprising;
      const rates = (item === 0 ? own.flagRates : own.surpriseRates).filter((r) => r.month !== "all");
      const bars = (part, width, which) => intervals(rates.map((r, i) => [i, r[which].low, r[which].high]).filter((d, i) => rates[d[0]].part === part), PARTS[part], width);
      return base({
        grid: { left: 56, right: 16, top: 16, bottom: 34 },
        tooltip: Object.assign(base().tooltip, { formatter: (p) => { const r = rates[p.dataIndex]; return r.month + ", " + r.part + "<br>" + percent(3)(r.clustered.value) + " of " + r.scored + "<br>clustered [" + percent(2)(r.clustered.low) + ", " + percent(2)(r.clustered.high) + "]<br>independent [" + percent(2)(r.independent.low) + ", " + percent(2)(r.independent.high) + "]"; } }),
        xAxis: axis({ type: "category", data: rates.map((r) => r.month), splitLine: { show: false } }),
        yAxis: axis({ type: "value", min: 0, axisLabel: { color: SOFT, fontSize: 11, formatter: percent(1) } }),
        series: [
          { type: "scatter", symbolSize: 8, z: 4, data: rates.map((r) => ({ value: r.clustered.value, itemStyle: { color: PARTS[r.part] } })), markLine: limit(asked ? [asked / 2, asked, asked * 2] : [], percent(1)) },
          bars("training", 1.2, "clustered"), bars("hold-out", 1.2, "clustered"), bars("training", 4, "independent"), bars("hold-out", 4, "independent"),
        ],
      });
    },

    scores(symbol) {
      const h = figures.symbols[symbol].scores;
      const steps = (name, values) => ({
        name, type: "line", step: "end", symbol: "none", lineStyle: { color: PARTS[name], width: 1.8 }, itemStyle: { color: PARTS[name] },
        areaStyle: { color: PARTS[name], opacity: 0.12, origin: "start" }, data: h.from.map((x, b) => [x, values[b] > 0 ? values[b] : null]),
      });
      const series = [steps("training", h.training), steps("hold-out", h.holdOut)];
      series[0].markLine = { silent: true, symbol: "none", lineStyle: { color: COLOURS[2], width: 1.5 }, label: { formatter: "threshold", color: COLOURS[2], fontSize: 11, position: "insideEndTop", rotate: 0, distance: [-58, -4] }, data: [{ xAxis: h.threshold }] };
      return base({
        grid: { left: 62, right: 40, top: 30, bottom: 42 }, legend: legend({ right: 40, data: ["training", "hold-out"] }),
        tooltip: Object.assign(base().tooltip, { trigger: "axis", formatter: (ps) => "score from " + fixed(2)(ps[0].value[0]) + ps.map((p) => "<br>" + p.seriesName + " " + percent(4)(p.value[1])).join("") }),
        xAxis: axis({ type: "value", min: h.from[0], max: +(h.from[h.from.length - 1] + 0.01).toFixed(2), name: "anomaly score", nameLocation: "middle", nameGap: 26, splitLine: { show: false } }),
        yAxis: axis({ type: "log", name: "share of rows", axisLabel: { color: SOFT, fontSize: 11, formatter: (v) => v * 100 >= 0.0999 ? +(v * 100).toFixed(1) + " %" : (v * 100).toPrecision(1) + " %" } }),
        series,
      });
    },

    anomalies(symbol) {
      const s = figures.symbols[symbol], top = [...s.anomalies].reverse();
      return base({
        grid: { left: 118, right: 62, top: 30, bottom: 24 }, legend: legend({}),
        tooltip: Object.assign(base().tooltip, { trigger: "axis", axisPointer: { type: "shadow" }, formatter: (ps) => { const a = top[ps[0].dataIndex]; return a.time + "<br>move " + fixed(1)(a.moveBp) + " bp, range " + fixed(1)(a.rangeBp) + " bp<br>score " + fixed(4)(a.score) + ", severity " + fixed(1)(a.severity) + ps.filter((p) => p.seriesType === "bar").map((p) => "<br>" + p.seriesName + " " + fixed(3)(p.value)).join(""); } }),
        xAxis: axis({ type: "value" }),
        yAxis: axis({ type: "category", data: top.map((a) => a.time), axisLabel: { color: INK, fontSize: 11, interval: 0 } }),
        series: s.anomalyInputs.map((name, i) => ({
          name, type: "bar", stack: "all", barCategoryGap: "28%", itemStyle: { color: FEATURES[i % FEATURES.length] }, data: top.map((a) => a.attribution[i]),
          label: i === s.anomalyInputs.length - 1 ? { show: true, position: "right", color: SOFT, fontSize: 10, formatter: (p) => fixed(0)(top[p.dataIndex].moveBp) + " bp" } : undefined,
        })),
      });
    },

    drift(symbol) {
      const drift = [...figures.symbols[symbol].drift].reverse();
      const colour = { stable: "#9cc3de", moderate: COLOURS[1], shift: COLOURS[2], unknown: LINE };
      return base({
        grid: { left: 118, right: 24, top: 26, bottom: 24 },
        tooltip: Object.assign(base().tooltip, { trigger: "axis", axisPointer: { type: "shadow" }, formatter: (ps) => { const d = drift[ps[0].dataIndex]; return d.feature + " (read by: " + d.usedBy + ")<br>PSI " + fixed(4)(d.psi) + ", " + d.band + "<br>D " + fixed(4)(d.ks) + "<br>n " + d.trainingRows + " / " + d.holdOutRows; } }),
        xAxis: axis({ type: "value", min: 0, max: Math.max(0.3, ...drift.map((d) => Math.max(d.psi || 0, d.ks || 0) * 1.1)), axisLabel: { color: SOFT, fontSize: 11, formatter: (v) => +v.toFixed(2), showMaxLabel: false } }),
        yAxis: axis({ type: "category", data: drift.map((d) => d.feature), axisLabel: { color: INK, fontSize: 11 } }),
        series: [
          { name: "PSI", type: "bar", barWidth: "52%", data: drift.map((d) => ({ value: d.psi, itemStyle: { color: colour[d.band] } })),
            markLine: { silent: true, symbol: "none", lineStyle: { type: "dashed", color: SOFT }, label: { color: SOFT, fontSize: 10, formatter: (p) => p.value }, data: [{ xAxis: 0.1 }, { xAxis: 0.25 }] } },
          { name: "D", type: "scatter", symbol: "diamond", symbolSize: 9, itemStyle: { color: INK }, data: drift.map((d) => d.ks) },
        ],
      });
    },

    driftMonths(symbol) {
      const s = figures.symbols[symbol], names = [...s.drift].reverse();
      const data = [];
      names.forEach((d, y) => d.psiByMonth.forEach((v, x) => data.push([x, y, v])));
      return base({
        grid: { left: 118, right: 16, top: 26, bottom: 24 },
        tooltip: Object.assign(base().tooltip, { formatter: (p) => names[p.value[1]].feature + ", " + s.driftMonths[p.value[0]] + ": " + fixed(4)(p.value[2]) }),
        xAxis: axis({ type: "category", data: s.driftMonths, splitLine: { show: false } }),
        yAxis: axis({ type: "category", data: names.map((d) => d.feature), axisLabel: { color: INK, fontSize: 11 } }),
        visualMap: { show: false, type: "piecewise", dimension: 2, pieces: [{ lt: 0.1, color: "#d6e6f2" }, { gte: 0.1, lte: 0.25, color: COLOURS[1] }, { gt: 0.25, color: COLOURS[2] }] },
        series: [{ type: "heatmap", data, itemStyle: { borderColor: "#fff", borderWidth: 1 },
          label: { show: true, formatter: (p) => (p.value[2] > 0.25 ? "{a|" : "{b|") + fixed(2)(p.value[2]) + "}", rich: { a: { color: "#fff", fontSize: 11 }, b: { color: INK, fontSize: 11 } } } }],
      });
    },

    gaps(symbol) {
      const s = figures.symbols[symbol], times = s.prices.flatMap((p) => p.time);
      const first = times.reduce((a, b) => Math.min(a, b), Infinity), last = times.reduce((a, b) => Math.max(a, b), -Infinity);
      return base({
        grid: { left: 56, right: 16, top: 26, bottom: 30 },
        tooltip: Object.assign(base().tooltip, { formatter: (p) => s.gaps[p.dataIndex].from + " to " + s.gaps[p.dataIndex].to + "<br>" + s.gaps[p.dataIndex].minutes + " minutes, " + s.gaps[p.dataIndex].part }),
        xAxis: axis({ type: "time", min: first, max: last, splitLine: { show: false } }),
        yAxis: axis({ type: "log", min: 0.5, name: "minutes", axisLabel: { color: SOFT, fontSize: 11, formatter: (v) => (v >= 1 ? compact(v) : "") } }),
        series: [{ type: "bar", barWidth: 3, data: s.gaps.map((g) => ({ value: [g.fromMs, g.minutes], itemStyle: { color: PARTS[g.part] } })) }],
      });
    },
  };

  const places = [...document.querySelectorAll(".chart")];
  state.charts = places.length;
  publish();
  const charts = [];
  for (const place of places) {
    try {
      const chart = echarts.init(place, null, { renderer: "svg" });
      let isCounted = false;
      chart.on("finished", () => {
        const picture = place.querySelector("svg, canvas");
        if (!isCounted && picture && picture.getBoundingClientRect().width > 0 && picture.getBoundingClientRect().height > 0) {
          isCounted = true;
          state.rendered++;
          place.dataset.rendered = picture.querySelectorAll("path, rect, circle, text").length;
          publish();
        }
      });
      chart.setOption(KINDS[place.dataset.chart](Number(place.dataset.symbol), Number(place.dataset.item)));
      charts.push(chart);
    } catch (e) {
      failed(place.dataset.chart + ": " + e.message);
    }
  }
  const fit = () => charts.forEach((chart) => chart.resize());
  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", fit);
  window.matchMedia("print").addEventListener("change", fit);
})();
