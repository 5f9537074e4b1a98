/**
 * Grids on Apache Spark: {@link dev.hapax.spark.SparkCluster} computes cells on the executors, {@link
 * dev.hapax.spark.ParquetResults} keeps results as a table, and {@link dev.hapax.spark.SparkGrid} is what {@code
 * spark-submit} starts.
 */
@NullMarked
package dev.hapax.spark;

import org.jspecify.annotations.NullMarked;
