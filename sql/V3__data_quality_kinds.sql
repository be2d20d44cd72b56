-- What the kinds of faults mean, now that feeds are followed live.
COMMENT ON COLUMN data_quality.kind IS 'GAP: ids that did not come by the stream or are not in the input; DUPLICATE: ids that came again and were dropped; MALFORMED: a row or message that could not be read, its text in detail; TRADE_ID_JUMP: single-trade ids jump inside unbroken aggregate ids; DISCONNECT: the connection that carried the symbol ended; STALL: its stream was silent although trades went on; HALT: the exchange has stopped trading in it; ID_RESET: ids began anew';
COMMENT ON COLUMN data_quality.detected_at IS 'Exchange''s time when the fault was found; of a GAP or DUPLICATE that of its first trade';
COMMENT ON COLUMN data_quality.missing IS 'Ids that are lost: the bars they touch are complete = false';
COMMENT ON COLUMN data_quality.repaired IS 'Ids that were fetched after all and stand in their place';
