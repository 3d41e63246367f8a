namespace DetectorDsl.Training;

/// <summary>Names of the files that runs and evaluations leave in their folder.</summary>
internal static class RunFiles
{
    public const string Log = "log.jsonl";
    public const string Metrics = "metrics.json";
    public const string Categories = "categories.csv";
    public const string Results = "results.json.gz";
    public const string Configuration = "configuration.json";
    public const string Predictions = "predictions.json";
    public const string Statistics = "statistics.json";
    public const string StatisticsTable = "statistics.csv";

    /// <summary>Folder of the pictures of an evaluation, as it begins their names.</summary>
    public const string Pictures = "pictures/";

    /// <summary>Folder of the pictures of batches.</summary>
    public const string Previews = "preview/";

    /// <summary>Folder of the pictures of <c>predict</c>.</summary>
    public const string Predicted = "predictions/";

    /// <summary>What an evaluation leaves, but for its pictures.</summary>
    public static readonly string[] OfEvaluation = [Metrics, Categories, Results, Statistics, StatisticsTable];

    /// <summary>What training and the evaluation after it leave, but for checkpoints and pictures.</summary>
    public static readonly string[] OfTraining = [.. OfEvaluation, Log, Configuration, SamplingFile.Name, TrainingDataRecord.Name];
}
