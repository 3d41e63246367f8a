using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DetectorDsl.Runtime.Inference;
using DetectorDsl.Runtime.Losses;
using DetectorDsl.Runtime.Operators;
using DetectorDsl.Runtime.Training.Optimization;
using DetectorDsl.Runtime.Weights;
using DetectorDsl.Runtime.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Training;

/// <summary>
/// Weights, optimizer state and position of a run in one safetensors file: weights under their state-dict names, the optimizer's state under
/// <c>optimizer.</c>, sums of gradients, where the run keeps any, under <c>statistics.</c>, the rest as metadata.
/// </summary>
public static class Checkpoint
{
    private const string OptimizerPrefix = "optimizer.";
    private const string StatisticsPrefix = "statistics.";
    private const string OptionPrefix = "option.";

    /// <summary>Writes a checkpoint; it appears under its name only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="optimizer">The optimizer; null writes weights alone.</param>
    /// <param name="identity">Whose weights they are.</param>
    /// <param name="position">Where in the run; null for weights that no run goes on from.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing file stays as it was.</exception>
    public static void Save(string path, nn.Module model, Optimizer? optimizer, CheckpointIdentity identity, CheckpointPosition? position)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(identity);
        var state = optimizer?.State().Select(item => KeyValuePair.Create(OptimizerPrefix + item.Key, item.Value)) ?? [];
        var sums = position is null ? [] : GradientStatistics.Of(model).Select(item => KeyValuePair.Create(StatisticsPrefix + item.Name, item.Statistics.Sums));
        SafetensorsFile.Write(path, [.. model.state_dict(), .. state, .. sums], Metadata(identity, position));
    }

    /// <summary>Reads what a checkpoint says of itself.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its identity and position.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or was not written by <see cref="Save" />.</exception>
    public static CheckpointInfo ReadInfo(string path) => ReadInfo(path, SafetensorsFile.Open(path));

    /// <summary>Copies weights into a model.</summary>
    /// <param name="path">A checkpoint, or any safetensors or PyTorch file with state-dict names.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="expected">Null takes over what fits. Else every tensor of the model must be there in its shape, and where the file names
    /// its categories they must be these, and where it says how images are prepared the model must see the same pixels; the configuration may be
    /// another, and sizes may differ.</param>
    /// <returns>What became of each tensor.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or is not the expected model's.</exception>
    public static LoadReport LoadWeights(string path, nn.Module model, CheckpointIdentity? expected) => LoadWeights(new WeightsSource(path), model, ModelNames.None, expected);

    /// <summary>Copies weights into a model, under whatever software's names they are.</summary>
    /// <param name="source">A checkpoint, or any file with state-dict names.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="names">What other software calls its layers.</param>
    /// <param name="expected">Null takes over what fits. Else every tensor of the model must be there in its shape, and where the file names
    /// its categories they must be these, and where it says how images are prepared the model must see the same pixels; the configuration may be
    /// another, and sizes may differ.</param>
    /// <returns>What became of each tensor.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, is not the expected model's, holds nothing that the model has, or, where the
    /// source is strict, differs from it in anything.</exception>
    public static LoadReport LoadWeights(WeightsSource source, nn.Module model, ModelNames names, CheckpointIdentity? expected)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(names);
        var path = source.Path;
        var file = NamedWeights.Open(source, names);
        if (expected is not null && file.Metadata.TryGetValue("categories", out var categories))
        {
            CheckCategories(path, ParseCategories(path, categories), expected);
        }

        if (expected?.Preparation is { } preparation)
        {
            CheckPixels(path, Differences(path, file, preparation), expected.Detector);
        }

        var all = StateDict.Load(model, file);
        var report = all with
        {
            Unexpected = [.. all.Unexpected.Where(name => !name.StartsWith(OptimizerPrefix, StringComparison.Ordinal) && !name.StartsWith(StatisticsPrefix, StringComparison.Ordinal))],
            Naming = names.Layers.IsEmpty ? "" : file.Title,
            Remarks = [.. new[] { file.ClassRemark(all.Resized) }.OfType<string>(), .. file.Remarks],
        };
        if (expected is not null && !report.IsComplete)
        {
            throw new WeightsException($"{path}: not the weights of {expected.Detector}: {report}. First: {First(report)}. Use weights of this declaration, or train from these with --weights.");
        }

        if (source.IsStrict && !(report.IsComplete && report.Unexpected.Count == 0))
        {
            throw new WeightsException($"{path}: does not hold exactly this model's weights: {report}. First: {First(report)}. Leave --strict out to take what fits.");
        }

        return report.Loaded.Count > 0
            ? report
            : throw new WeightsException($"{path}: holds nothing that fits this model: {report}. First: {First(report)}. It holds, for example, '{file.TensorNames.FirstOrDefault()}'. Use weights of a model of the same kind.");
    }

    /// <summary>In what images are prepared in another way than when weights were trained.</summary>
    /// <param name="path">Any file of weights; one that does not say how images are prepared differs in nothing.</param>
    /// <param name="preparation">How images are prepared now.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged.</exception>
    public static IReadOnlyList<PreprocessingDifference> PreprocessingDifferences(string path, ImagePreparation preparation) => Differences(path, WeightsFile.Open(path), preparation);

    /// <summary>Copies the optimizer's state back.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="optimizer">The optimizer, over the same parameters.</param>
    /// <exception cref="WeightsException">A tensor of the state is missing or of another shape.</exception>
    public static void LoadOptimizer(string path, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var file = SafetensorsFile.Open(path);
        var shapes = optimizer.State().ToDictionary(item => item.Key, item => item.Value.shape, StringComparer.Ordinal);
        optimizer.LoadState(name =>
        {
            var value = file.Read(OptimizerPrefix + name);
            if (value.shape.SequenceEqual(shapes[name]))
            {
                return value;
            }

            using (value)
            {
                throw new WeightsException($"{path}: the optimizer's '{name}' is [{string.Join(", ", value.shape)}] in the file and [{string.Join(", ", shapes[name])}] in the model.");
            }
        });
    }

    /// <summary>Copies sums of gradients back into the classification losses that keep any.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="WeightsException">Sums are missing or of another shape.</exception>
    public static void LoadStatistics(string path, nn.Module model)
    {
        var file = SafetensorsFile.Open(path);
        foreach (var (name, statistics) in GradientStatistics.Of(model))
        {
            using var values = file.Read(StatisticsPrefix + name);
            if (!values.shape.SequenceEqual(statistics.Sums.shape))
            {
                throw new WeightsException($"{path}: the sums of gradients of '{name}' are [{string.Join(", ", values.shape)}] in the file and [{string.Join(", ", statistics.Sums.shape)}] in the model.");
            }

            statistics.Take(values);
        }
    }

    /// <summary>Reads the sums of gradients that a run has kept.</summary>
    /// <param name="path">Any file of weights.</param>
    /// <param name="classes">C.</param>
    /// <returns>3 x C numbers of each classification loss, by its name: from regions of the class, from regions of other classes, from background. Empty where none were kept.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or the sums are of another number of classes.</exception>
    public static ImmutableSortedDictionary<string, ImmutableArray<double>> ReadStatistics(string path, int classes)
    {
        var file = WeightsFile.Open(path);
        var all = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (var name in file.TensorNames.Where(name => name.StartsWith(StatisticsPrefix, StringComparison.Ordinal)))
        {
            using var scope = NewDisposeScope();
            ImmutableArray<double> values = [.. CpuMemory.Span<double>(CpuMemory.Contiguous(file.Read(name), ScalarType.Float64))];
            all.Add(name[StatisticsPrefix.Length..], values.Length == 3 * classes ? values : throw new WeightsException($"{path}: '{name}' holds {values.Length} sums of gradients, and {classes} classes have {3 * classes}. Use a checkpoint of the same categories."));
        }

        return all.ToImmutable();
    }

    private static string First(LoadReport report) => report switch
    {
        { Missing: [var missing, ..] } => $"'{missing}' is missing",
        { Resized: [var resized, ..] } => resized.ToString(),
        { Unexpected: [var unexpected, ..] } => $"'{unexpected}' is unexpected",
        _ => "none",
    };

    private static SortedDictionary<string, string> Metadata(CheckpointIdentity identity, CheckpointPosition? position)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["detector"] = identity.Detector,
            ["configuration"] = identity.Configuration,
            ["configuration_hash"] = identity.ConfigurationHash,
            ["categories"] = JsonSerializer.Serialize(identity.Categories),
        };
        if (identity.Preparation is not null)
        {
            metadata[PreprocessingText.Key] = PreprocessingText.Of(identity.Preparation);
        }

        foreach (var (key, value) in identity.Options)
        {
            metadata[OptionPrefix + key] = value;
        }

        if (position is not null)
        {
            metadata["step"] = position.Step.ToString(CultureInfo.InvariantCulture);
            metadata["epoch"] = position.Epoch.ToString("R", CultureInfo.InvariantCulture);
            metadata["seed"] = position.Seed.ToString(CultureInfo.InvariantCulture);
            metadata["epochs"] = position.Epochs.ToString("R", CultureInfo.InvariantCulture);
            metadata["batch_size"] = position.BatchSize.ToString(CultureInfo.InvariantCulture);
            metadata["accumulation_steps"] = position.AccumulationSteps.ToString(CultureInfo.InvariantCulture);
            metadata["data"] = position.Data;
        }

        return metadata;
    }

    private static CheckpointInfo ReadInfo(string path, SafetensorsFile file)
    {
        var identity = new CheckpointIdentity(Text("detector"), Text("configuration"), Text("configuration_hash"), ParseCategories(path, Text("categories")))
        {
            Options = file.Metadata
                .Where(item => item.Key.StartsWith(OptionPrefix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(item => item.Key[OptionPrefix.Length..], item => item.Value, StringComparer.Ordinal),
        };
        return new CheckpointInfo(identity, file.Metadata.ContainsKey("step")
            ? new CheckpointPosition(Number<long>("step"), Number<double>("epoch"), Number<long>("seed"), Number<double>("epochs"), Number<int>("batch_size"), Number<int>("accumulation_steps"), Text("data"))
            : null);

        string Text(string key) => file.Metadata.TryGetValue(key, out var value)
            ? value
            : throw new WeightsException($"{path}: no checkpoint of a trainer (its metadata lacks '{key}'). Load it with --weights instead.");

        T Number<T>(string key)
            where T : IParsable<T> => T.TryParse(Text(key), CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new WeightsException($"{path}: the metadata's '{key}' is '{Text(key)}', which is no number; the file is damaged.");
    }

    private static ImmutableArray<string> ParseCategories(string path, string json)
    {
        try
        {
            return [.. JsonSerializer.Deserialize<string[]>(json) ?? []];
        }
        catch (JsonException exception)
        {
            throw new WeightsException($"{path}: the metadata's 'categories' are no list of names ({exception.Message}).");
        }
    }

    private static IReadOnlyList<PreprocessingDifference> Differences(string path, WeightsFile file, ImagePreparation preparation)
    {
        try
        {
            return file.Metadata.TryGetValue(PreprocessingText.Key, out var text) ? PreprocessingText.Compare(text, preparation) : [];
        }
        catch (JsonException exception)
        {
            throw new WeightsException($"{path}: the metadata's '{PreprocessingText.Key}' cannot be read ({exception.Message}).");
        }
    }

    private static void CheckPixels(string path, IReadOnlyList<PreprocessingDifference> differences, string detector)
    {
        if (differences.Where(difference => !difference.IsOfSize).ToList() is { Count: > 0 } wrong)
        {
            throw new WeightsException($"{path}: these weights were trained on other pixels than {detector} gives them. {string.Join("; ", wrong)}. Declare the Preprocessing that the weights were trained with, or train on from them with --weights.");
        }
    }

    private static void CheckCategories(string path, ImmutableArray<string> present, CheckpointIdentity expected)
    {
        if (present.Length != expected.Categories.Length)
        {
            throw new WeightsException($"{path}: trained for {present.Length} categories, {expected.Detector} has {expected.Categories.Length}. Use weights of the same categories, or start from them with --weights.");
        }

        for (var label = 0; label < present.Length; label++)
        {
            if (present[label] != expected.Categories[label])
            {
                throw new WeightsException($"{path}: its category {label} is '{present[label]}', {expected.Detector} has '{expected.Categories[label]}'. Use weights of the same categories in the same order.");
            }
        }
    }
}
