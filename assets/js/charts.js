// Draws the charts of a page from the JSON beside them (core/charts.py); each point opens its rows.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { each, make } from "./dom.js";
import { say } from "./words.js";

echarts.use([AriaComponent, BarChart, CanvasRenderer, GridComponent, HeatmapChart, LegendComponent, LineChart, TooltipComponent, VisualMapComponent]);

// Red, ink-blue, ochre, green, violet, ink: 3:1 on paper, and at least 17 apart (CIEDE2000) from each
// other, seen with full, red-, green- or blue-blind eyes (Machado 2009).
const PALETTE = ["#b0281f", "#2b5c8a", "#b38a19", "#33997e", "#9c88bf", "#3d4043"];
const LONG_LABELS = 5; // characters from which bars lie down
const CHARACTER = 12; // px
const MANY = 8; // categories from which long labels lie down
const ROW_HEIGHT = 30;
const PRINTED_WIDTH = 660; // what A4 leaves between the margins, in px

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const words = (value) => (value === null || value === undefined ? "—" : value.toLocaleString("en-US").replace("-", "−"));

each("[data-chart]", (figure) => {
  const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const place = figure.querySelector(".chart-canvas");
  const look = { ink: token("--ink"), quiet: token("--ink-3"), line: token("--line"), sand: token("--sand"), sheet: token("--sheet"), font: getComputedStyle(document.body).fontFamily };
  const lying = spec.kind === "heatmap" ? false : liesDown(spec, place.clientWidth);
  if (lying) place.style.height = `${spec.categories.length * ROW_HEIGHT + 56}px`;
  if (spec.kind === "heatmap") place.style.height = `${spec.series.length * ROW_HEIGHT + 40}px`;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const labelWidth = Math.round(place.clientWidth * 0.34);
  chart.setOption({ ...common(look, spec.kind === "stacked"), ...(spec.kind === "heatmap" ? heatmap(spec, look) : lines(spec, look, lying && labelWidth)) });
  chart.on("click", (point) => open(spec, point));
  new ResizeObserver(() => chart.resize()).observe(place);
  window.addEventListener("beforeprint", () => {
    chart.resize({ width: PRINTED_WIDTH });
    chart.getZr().flush(); // on paper there is no next frame to be drawn in
  });
  window.addEventListener("afterprint", () => chart.resize({ width: "auto" }));
  walkByKeys(place, spec, chart);
  tendSwitch(figure, chart);
});

function liesDown(spec, width) {
  if (spec.kind === "line") return false;
  const longest = Math.max(...spec.categories.map((category) => category.length));
  const count = spec.categories.length;
  // Names of kinds are not in a row as months are: none is left out where the page is narrow.
  const crowded = longest > 3 && count * (longest + 1) * CHARACTER > width;
  return longest >= LONG_LABELS && count > 3 || longest > 3 && count > MANY || crowded;
}

function common(look, patterned = false) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still,
    animationDuration: 300,
    color: PALETTE,
    textStyle: { fontFamily: look.font, color: look.ink, fontSize: 12 },
    // The element carries role and label itself; the values stand in the table twin.
    // Parts of a whole also differ by pattern: in grey print their colours come close.
    aria: { enabled: patterned, label: { enabled: false }, decal: { show: patterned } },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: look.sheet, borderColor: look.line, borderWidth: 1, padding: [8, 12], textStyle: { color: look.ink, fontSize: 13 } },
  };
}

/** `lying`: the width of the labels of bars that lie down, else false. */
function lines(spec, look, lying) {
  const labels = { type: "category", data: spec.categories, inverse: Boolean(lying), axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.quiet, fontSize: 12, hideOverlap: true, ...(lying ? { width: lying, overflow: "break" } : {}) } };
  const amounts = { type: "value", splitNumber: 3, minInterval: 1, axisLabel: { color: look.quiet, fontSize: 12, formatter: words }, splitLine: { lineStyle: { color: look.line } } };
  return {
    grid: { left: 4, right: lying ? 40 : 8, top: spec.series.length > 1 ? 36 : 24, bottom: 4, containLabel: true },
    legend: { show: spec.series.length > 1, right: 0, top: 0, itemWidth: 10, itemHeight: 10, itemGap: 16, icon: "rect", textStyle: { color: look.quiet, fontSize: 12 } },
    xAxis: lying ? amounts : labels,
    yAxis: lying ? labels : amounts,
    tooltip: { ...common(look).tooltip, trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: "rgba(29,33,38,.04)" } }, formatter: (points) => reading(spec, points) },
    series: spec.series.map((series, index) => drawn(spec, series, index, look, lying)),
  };
}

function reading(spec, points) {
  const lines = points.map((point) => `${point.seriesName}　${words(point.value)} ${spec.unit}`);
  return [points[0].name, ...lines].join("\n");
}

function drawn(spec, series, index, look, lying) {
  const compared = series.part === "compared";
  const color = compared ? (spec.kind === "line" ? "#978f82" : look.sand) : series.part === "main" ? PALETTE[0] : PALETTE[index % PALETTE.length];
  const labelled = spec.kind !== "stacked" && !compared && spec.categories.length <= 18;
  const linked = series.urls.some(Boolean);
  return {
    name: series.name,
    type: spec.kind === "line" ? "line" : "bar",
    stack: spec.kind === "stacked" ? "whole" : undefined,
    data: series.values,
    cursor: linked ? "pointer" : "default",
    barMaxWidth: 26,
    barGap: "12%",
    barMinHeight: 1,
    itemStyle: { color, borderRadius: 0, borderColor: spec.kind === "stacked" ? look.sheet : undefined, borderWidth: spec.kind === "stacked" ? 1 : 0 },
    lineStyle: { color, width: compared ? 1.5 : 2, type: compared ? "dashed" : "solid" },
    symbol: "circle",
    symbolSize: 6,
    connectNulls: false,
    label: { show: labelled, position: lying ? "right" : "top", color: look.ink, fontSize: 12, formatter: ({ value }) => words(value) },
    labelLayout: { hideOverlap: true },
    emphasis: { focus: "none", itemStyle: { opacity: 0.85 } },
  };
}

function heatmap(spec, look) {
  const points = spec.series.flatMap((series, row) => series.values.map((value, column) => [column, row, value]));
  const most = Math.max(1, ...points.map(([, , value]) => value ?? 0));
  const axis = { type: "category", axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: look.quiet, fontSize: 12, interval: 0 }, splitArea: { show: false } };
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4, containLabel: true },
    xAxis: { ...axis, data: spec.categories, position: "top" },
    yAxis: { ...axis, data: spec.series.map((series) => series.name), inverse: true },
    visualMap: { show: false, min: 0, max: most, inRange: { color: ["#f6f3ee", "#f3dcd7", "#e2aba3", "#b0281f"] } },
    tooltip: { ...common(look).tooltip, formatter: ({ data: [column, row, value] }) => `${spec.series[row].name} ${spec.categories[column]}\n${words(value)} ${spec.unit}` },
    series: [{
      type: "heatmap",
      data: points.map((point) => ({ value: point, label: { color: (point[2] ?? 0) > most * 0.85 ? "#fff" : look.ink } })),
      cursor: spec.series.some((series) => series.urls.some(Boolean)) ? "pointer" : "default",
      label: { show: true, fontSize: 12, formatter: ({ value }) => words(value[2]) },
      itemStyle: { borderColor: token("--paper"), borderWidth: 2 },
      emphasis: { itemStyle: { borderColor: look.ink, borderWidth: 1 } },
    }],
  };
}

/** Follows a point to the rows it counts. */
function open(spec, point) {
  const [series, index] = spec.kind === "heatmap" ? [spec.series[point.value[1]], point.value[0]] : [spec.series[point.seriesIndex], point.dataIndex];
  const address = series.urls[index];
  if (address) window.location.assign(address);
}

/** The drawing is one stop of the keyboard: arrows go from point to point, Enter opens its rows. */
function walkByKeys(place, spec, chart) {
  if (!spec.series.some((series) => series.urls.some(Boolean))) return;
  const at = { series: spec.series.length - 1, index: -1 };
  const told = make("p", { class: "visually-hidden", "aria-live": "polite" });
  place.after(told);
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", `${place.getAttribute("aria-label")} ${say("chart_keys")}`);
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  place.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && at.index >= 0) return open(spec, pointAt(spec, at));
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    at.series = within(at.series + step[0], spec.series.length);
    at.index = within(Math.max(at.index, step[1] ? at.index : 0) + step[1], spec.categories.length);
    const series = spec.series[at.series];
    told.textContent = `${spec.categories[at.index]} ${series.name} ${words(series.values[at.index])} ${spec.unit}`;
    const point = pointAt(spec, at);
    chart.dispatchAction({ type: "downplay" });
    chart.dispatchAction({ type: "highlight", seriesIndex: point.seriesIndex, dataIndex: point.dataIndex });
    chart.dispatchAction({ type: "showTip", seriesIndex: point.seriesIndex, dataIndex: point.dataIndex });
  });
  place.addEventListener("blur", () => {
    chart.dispatchAction({ type: "downplay" });
    chart.dispatchAction({ type: "hideTip" });
  });
}

const within = (number, count) => (number + count) % count;

/** A point as the chart names it: a heat map has one series, its rows one after the other. */
function pointAt(spec, { series, index }) {
  if (spec.kind !== "heatmap") return { seriesIndex: series, dataIndex: index };
  return { seriesIndex: 0, dataIndex: series * spec.categories.length + index, value: [index, series] };
}

/** 图 · 表 */
function tendSwitch(figure, chart) {
  for (const button of figure.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      const table = button.dataset.show === "table";
      figure.classList.toggle("shows-table", table);
      for (const other of figure.querySelectorAll("[data-show]")) other.setAttribute("aria-pressed", String(other === button));
      if (!table) chart.resize();
    });
  }
}
