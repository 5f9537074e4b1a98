package dev.hapax.app.invent;

import dev.hapax.app.page.AtomicPicture;
import dev.hapax.app.page.Html;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.learning.PictureFile;
import dev.hapax.run.FamilyTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A family as a page that needs nothing beside itself: the tree, then every picture of everyone. */
public final class FamilyPage {
    private FamilyPage() {}

    /** Writes it. */
    public static void write(Path file, FamilyTree tree) {
        AtomicFile.write(file, html(tree).getBytes(StandardCharsets.UTF_8));
    }

    static String html(FamilyTree tree) {
        List<String> sections = new ArrayList<>();
        for (int generation = 0; generation <= tree.last(); generation++) {
            List<String> figures = new ArrayList<>();
            tree.generation(generation).forEach(member -> figures.add(figure(member)));
            sections.add("<h2>" + heading(generation) + "</h2>\n<div class=\"row\">" + String.join("\n", figures)
                    + "</div>");
        }
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Hapax: a family of words</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; color: #26221d; background: #fbfaf7; margin: 40px; }
                h1, h2 { font-family: Georgia, serif; }
                .row { display: flex; flex-wrap: wrap; gap: 32px; }
                figure { margin: 0; }
                figure img { width: 112px; height: 112px; border-radius: 8px; margin: 2px; }
                figcaption span { color: #746d63; }
                .tree { max-width: 100%%; }
                </style>
                </head>
                <body>
                <h1>A family of words</h1>
                <p><img class="tree" src="%s" alt="family tree"></p>
                %s
                </body>
                </html>
                """.formatted(AtomicPicture.uri(FamilyPicture.draw(tree)), String.join("\n", sections));
    }

    private static String heading(int generation) {
        return switch (generation) {
            case 0 -> "Parents";
            case 1 -> "Children";
            case 2 -> "Grandchildren";
            default -> "Generation " + generation;
        };
    }

    private static String figure(FamilyTree.Member member) {
        StringBuilder images = new StringBuilder();
        for (Path picture : member.pictures()) {
            images.append(Html.image(AtomicPicture.uri(PictureFile.read(picture).image()), member.name()));
        }
        return "<figure><div>" + images + "</div><figcaption><b>" + Html.escaped(member.name()) + "</b> <span>"
                + Html.escaped(FamilyPicture.shares(member)) + "</span></figcaption></figure>";
    }
}
