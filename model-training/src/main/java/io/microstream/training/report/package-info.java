/**
 * A training's report as one HTML page: a FreeMarker template for text and tables, Apache ECharts
 * for the plots, everything inlined. The page is filled with what {@code report.json} holds and
 * with nothing else.
 */
package io.microstream.training.report;
