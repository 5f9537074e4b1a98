package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.Version;
import dev.hapax.learning.PictureFile;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.vision.ask.Answerer;
import dev.hapax.vision.ask.VocabularyRanking;
import java.util.List;
import java.util.Optional;

/** What {@code run.json} and the word's metadata say about a word that was made with a prior. */
final class InventRecord {
    private static final String METHOD = "conceptlab";
    private static final String PAPER = "Richardson et al. 2024, arXiv 2308.02669";

    private InventRecord() {}

    /** Everything that decides the numbers of a run, step by step. How many steps there are does not. */
    static ObjectNode settings(
            InventRequest request,
            Optional<Thresholds> thresholds,
            List<PictureFile> pictures,
            Illustrator illustrator,
            PriorModel prior,
            Optional<Answerer> answerer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", Version.CURRENT);
        node.put("method", METHOD);
        node.put("paper", PAPER);
        node.put("prompt", request.look().get(0).with(request.word().token()));
        ObjectNode word = node.putObject("word");
        word.put("token", request.word().token());
        word.put("init", request.word().startsFrom());
        word.put("vectors", request.word().vectors());
        ArrayNode contexts = node.putArray("contexts");
        request.contexts().stream().map(Context::text).forEach(contexts::add);
        if (request.goal() instanceof InventRequest.Member member) {
            node.set("member", member(member, thresholds.orElseThrow()));
            member.questions().ifPresent(questions -> {
                ObjectNode asked = node.putObject("questions");
                asked.put("answerer", answerer.map(Answerer::identity).orElseGet(() -> ranking(prior)));
                asked.put("every", questions.every());
                asked.put("question", questions.question());
                asked.put("confidence", questions.confidence());
                asked.put("patience", questions.patience());
            });
        } else if (request.goal() instanceof InventRequest.Child child) {
            child.weighting().weights().forEach(node.putArray("weights")::add);
        }
        node.put("rate", request.pace().rate());
        node.put("batch", request.pace().batch());
        node.put("seed", request.pace().seed());
        ArrayNode files = node.putArray("pictures");
        for (PictureFile picture : pictures) {
            ObjectNode each = files.addObject();
            each.put("file", picture.path().toString());
            each.put("sha256", picture.sha256());
        }
        node.put("prior", prior.prior().getClass().getSimpleName());
        node.put("prior_sha256", prior.hash());
        node.put("model", illustrator.name());
        node.put("model_sha256", illustrator.hash());
        return node;
    }

    private static ObjectNode member(InventRequest.Member member, Thresholds thresholds) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        member.categories().forEach(node.putArray("categories")::add);
        member.weighting().weights().forEach(node.putArray("weights")::add);
        member.negatives().forEach(node.putArray("negatives")::add);
        member.members().forEach(node.putArray("members")::add);
        node.put("ceiling", thresholds.ceiling());
        node.put("floor", thresholds.floor());
        node.put("attraction", member.attraction());
        return node;
    }

    /** CLIP's choice among the members, with the prior's towers. */
    private static String ranking(PriorModel prior) {
        return VocabularyRanking.IDENTITY + " " + prior.towersHash().orElseThrow();
    }
}
