package dev.hapax.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Description;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Product;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The results of a grid as a Parquet table, one row per cell:
 *
 * <pre>
 * position  int     place in the grid, from 0
 * key       string  SHA-256 of the description
 * kind      string  what sort of work it was
 * cell      string  the description, canonical JSON
 * needs     string  the products it was computed from, [{"kind", "text", "needs": [...]}]
 * format    int     the format of the results
 * result    string  the result, canonical JSON; get_json_object(result, '$.x') gives a figure
 * </pre>
 *
 * @param spark reads and writes
 * @param location folder or address that Spark can write to, for example {@code /shared/results} or {@code s3a://b/results}
 * @param format the format of the results; see {@link GridSource#format}
 */
public record ParquetResults(SparkSession spark, String location, int format) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final StructType SCHEMA = new StructType()
            .add("position", DataTypes.IntegerType, false)
            .add("key", DataTypes.StringType, false)
            .add("kind", DataTypes.StringType, false)
            .add("cell", DataTypes.StringType, false)
            .add("needs", DataTypes.StringType, false)
            .add("format", DataTypes.IntegerType, false)
            .add("result", DataTypes.StringType, false);

    /** Writes the results in one file, in place of what was there. */
    public void write(List<GridResult> results) {
        List<Row> rows = new ArrayList<>();
        for (GridResult result : results) {
            Cell cell = result.cell();
            rows.add(RowFactory.create(
                    rows.size(),
                    cell.key(),
                    cell.description().kind(),
                    cell.description().text(),
                    tree(cell.needs()).toString(),
                    format,
                    result.text()));
        }
        spark.createDataFrame(rows, SCHEMA)
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(location);
    }

    /**
     * Reads results in the order of the grid.
     *
     * @throws IllegalArgumentException if there are none, of another format, or damaged ones
     */
    public List<GridResult> read() {
        Dataset<Row> table = table();
        if (!List.of(table.columns()).equals(List.of(SCHEMA.fieldNames()))) {
            throw new IllegalArgumentException(location + " holds no results of a grid: its columns are "
                    + String.join(", ", table.columns()) + ", wanted " + String.join(", ", SCHEMA.fieldNames()));
        }
        return table.orderBy("position").collectAsList().stream()
                .map(this::result)
                .toList();
    }

    private Dataset<Row> table() {
        try {
            return spark.read().parquet(location);
        } catch (Exception e) { // Spark's AnalysisException is a checked one that Scala does not declare
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException(location + " cannot be read as Parquet: " + line, e);
        }
    }

    private GridResult result(Row row) {
        int written = row.getInt(row.fieldIndex("format"));
        if (written != format) {
            throw new IllegalArgumentException(location + " was written by another version of Hapax: its results have"
                    + " format " + written + ", this version's " + format + "; run the grid again");
        }
        Cell cell = new Cell(new Description(text(row, "kind"), text(row, "cell")), needs(text(row, "needs")));
        if (!cell.key().equals(text(row, "key"))) {
            throw new IllegalArgumentException(location + " is damaged: a cell has the key " + cell.key()
                    + ", its row says " + text(row, "key") + "; run the grid again");
        }
        return GridResult.of(cell, text(row, "result"));
    }

    private static String text(Row row, String column) {
        return row.getString(row.fieldIndex(column));
    }

    private static ArrayNode tree(List<Product> products) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Product product : products) {
            nodes.addObject()
                    .put("kind", product.description().kind())
                    .put("text", product.description().text())
                    .set("needs", tree(product.needs()));
        }
        return nodes;
    }

    private List<Product> needs(String tree) {
        try {
            return products(JSON.readTree(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(location + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private static List<Product> products(JsonNode tree) {
        List<Product> products = new ArrayList<>();
        for (JsonNode node : tree) {
            Description description = new Description(
                    node.path("kind").asText(), node.path("text").asText());
            products.add(new Product(description, products(node.path("needs"))));
        }
        return products;
    }
}
