package io.microstream.models;
import org.junit.jupiter.api.Test;
class TmpTest {
    @Test void p() {
        System.out.println(TrainedModels.hmm(1, 4).labelling().table());
        System.out.println(TrainedModels.hmm(1, 3).labelling().table());
        System.out.println(TrainedModels.hmm(1, 3).parameters());
    }
}
