package io.microstream.training.history;

/**
 * Thrown when training cannot be done; the message is one line that says what, where and what to
 * do.
 */
public class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
