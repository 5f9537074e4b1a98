package dev.hapax.text;

import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which text each cross-attention layer reads for each sample of a batch. Each distinct text, words with their vectors
 * for the site, is encoded once; what is encoded stays differentiable in every cell of every word.
 */
public final class Conditioning {
    private final List<TokenIds> distinct;
    private final List<int[]> places; // for each layer, the number of each sample's text among the distinct

    private Conditioning(List<TokenIds> distinct, List<int[]> places) {
        this.distinct = List.copyOf(distinct);
        this.places = places;
    }

    /**
     * Tokenises what is read.
     *
     * @param fields for each sample, its texts
     * @param timesteps for each sample, its timestep
     * @param layers of the U-Net that read text
     * @throws IllegalArgumentException if a table is for another number of layers
     */
    public static Conditioning of(
            Tokenizer tokenizer, Lexicon words, List<PromptField> fields, List<Long> timesteps, int layers) {
        words.requireLayers(layers);
        fields.forEach(field -> field.table().requireLayers("a prompt", layers));
        List<List<TokenIds>> read = new ArrayList<>(); // sample, layer
        for (int i = 0; i < fields.size(); i++) {
            read.add(read(tokenizer, words, fields.get(i), timesteps.get(i), layers));
        }
        if (read.stream().allMatch(each -> each.stream().distinct().count() == 1)) {
            int[] own = new int[read.size()];
            Arrays.setAll(own, i -> i);
            return new Conditioning(read.stream().map(each -> each.get(0)).toList(), Collections.nCopies(layers, own));
        }
        Map<TokenIds, Integer> numbers = new LinkedHashMap<>();
        List<int[]> places = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            int[] own = new int[read.size()];
            for (int i = 0; i < own.length; i++) {
                TokenIds text = read.get(i).get(layer);
                numbers.putIfAbsent(text, numbers.size());
                own[i] = numbers.get(text);
            }
            places.add(own);
        }
        return new Conditioning(new ArrayList<>(numbers.keySet()), places);
    }

    private static List<TokenIds> read(
            Tokenizer tokenizer, Lexicon words, PromptField field, long timestep, int layers) {
        if (field.isConstant() && words.isPlain()) {
            return Collections.nCopies(layers, tokenizer.encode(field.texts().get(0), words));
        }
        List<TokenIds> texts = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            Site site = new Site(layer, timestep);
            texts.add(tokenizer.encode(field.at(site), words, site));
        }
        return texts;
    }

    /** What has to be encoded, in one batch. */
    public List<TokenIds> distinct() {
        return distinct;
    }

    /** What a layer reads for a sample. */
    public TokenIds at(int sample, int layer) {
        return distinct.get(places.get(layer)[sample]);
    }

    /**
     * Deals out what was encoded.
     *
     * @param encoded (distinct, tokens, width)
     * @return for each layer (b, tokens, width); one and the same tensor for layers that read the same
     */
    public List<Tensor> perLayer(Tensor encoded) {
        Map<List<Integer>, Tensor> known = new LinkedHashMap<>();
        List<Tensor> texts = new ArrayList<>();
        for (int[] own : places) {
            texts.add(known.computeIfAbsent(Arrays.stream(own).boxed().toList(), order -> inOrder(encoded, order)));
        }
        return texts;
    }

    private Tensor inOrder(Tensor encoded, List<Integer> order) {
        boolean asItIs = order.size() == distinct.size();
        for (int i = 0; i < order.size() && asItIs; i++) {
            asItIs = order.get(i) == i;
        }
        if (asItIs) {
            return encoded;
        }
        long[] indices = order.stream().mapToLong(Integer::longValue).toArray();
        return encoded.indexSelect(0, Tensor.of(indices, indices.length).to(encoded.device()));
    }
}
