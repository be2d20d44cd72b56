/** What a run shows and reports: its input, its results, progress, the event log and the report. */
package io.microstream.standalone.report;
