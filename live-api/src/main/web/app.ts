import * as echarts from "./vendor/echarts.js"; export const x: number = 1; const c = echarts.init(document.getElementById("a")!); c.setOption({});
