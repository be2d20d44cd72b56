package io.microstream.models;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** Opens the model inside an artefact; whatever is wrong with it becomes one clear line. */
final class ModelBytes {

    private ModelBytes() {}

    /** Reads a model of one kind. */
    interface Reader<M> {
        M read(byte[] bytes) throws InvalidProtocolBufferException;
    }

    static <M> M open(ModelArtifact artifact, ModelRole role, Reader<M> reader) {
        if (artifact.role() != role) {
            throw new ModelRejectedException(
                    "Model rejected: wrong role. artifact="
                            + artifact.key()
                            + " role="
                            + artifact.role()
                            + " expected="
                            + role
                            + ". Deploy it in its own role.");
        }
        try {
            return reader.read(artifact.model());
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            throw new ModelRejectedException(
                    "Model rejected: model bytes are damaged. artifact="
                            + artifact.key()
                            + " cause="
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                            + ". Retrain, or take another copy of the file.",
                    e);
        }
    }

    /** Keeps a file from naming a class to be loaded. */
    static void requireClass(String found, Class<?> expected) {
        if (!found.equals(expected.getName())) {
            throw new IllegalArgumentException(
                    "class found=" + found + " expected=" + expected.getName());
        }
    }

    static void requireInputs(ModelArtifact artifact, List<String> inputs) {
        if (!artifact.inputs().equals(inputs)) {
            throw new ModelRejectedException(
                    "Model rejected: artefact and model differ in inputs. artifact="
                            + artifact.key()
                            + " inputs="
                            + artifact.inputs()
                            + " model="
                            + inputs
                            + ". Retrain, or take another copy of the file.");
        }
    }
}
