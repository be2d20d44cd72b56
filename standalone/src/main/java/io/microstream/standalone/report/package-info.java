/** What a run shows: its input, its results, progress, the event log and the report. */
package io.microstream.standalone.report;
