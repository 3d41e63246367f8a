using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Native.Files;
using DetectorDsl.Torch.Losses;
using DetectorDsl.Torch.Operators;
using DetectorDsl.Training.Optimization;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Training;

/// <summary>
/// Weights, optimizer state and position of a run in one safetensors file: weights under their state-dict names, the optimizer's state under
/// <c>optimizer.</c>, sums of gradients, where the run keeps any, under <c>statistics.</c>, the rest as metadata. A checksum over all of it is
/// checked whenever the file is opened.
/// </summary>
/// <remarks>Of format 2. Format 1, before there was a number, had neither a checksum nor what only the log and the comparison of data need; it is read like the present one.</remarks>
public static class Checkpoint
{
    private const string OptimizerPrefix = "optimizer.";
    private const string StatisticsPrefix = "statistics.";

    /// <summary>Writes a checkpoint; it appears under its name only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="optimizer">The optimizer; null writes weights alone.</param>
    /// <param name="identity">Whose weights they are.</param>
    /// <param name="position">Where in the run; null for weights that no run goes on from.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; an existing file stays as it was.</exception>
    public static void Save(
        string path,
        nn.Module model,
        Optimizer? optimizer,
        CheckpointIdentity identity,
        CheckpointPosition? position
    ) => Save(path, model, optimizer, identity, position, AtomicFile.Write);

    /// <summary>Writes a checkpoint through someone who puts files in their place.</summary>
    internal static void Save(
        string path,
        nn.Module model,
        Optimizer? optimizer,
        CheckpointIdentity identity,
        CheckpointPosition? position,
        Action<string, Action<Stream>> place
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(identity);
        var state = optimizer?.State().Select(item => KeyValuePair.Create(OptimizerPrefix + item.Key, item.Value)) ?? [];
        var sums = position is null
            ? []
            : GradientStatistics.Of(model).Select(item => KeyValuePair.Create(StatisticsPrefix + item.Name, item.Statistics.Sums));
        SafetensorsFile.Write(
            path,
            [.. model.state_dict(), .. state, .. sums],
            CheckpointText.Of(identity, position),
            hasChecksum: true,
            place
        );
    }

    /// <summary>Reads what a checkpoint says of itself.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its identity and position.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or was not written by a trainer, or by a later version.</exception>
    public static CheckpointInfo ReadInfo(string path) => ReadInfo(new WeightsSource(path));

    /// <summary>Reads what a checkpoint says of itself.</summary>
    /// <param name="source">The file.</param>
    /// <returns>Its identity and position.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, was not written by a trainer, or by a later version.</exception>
    public static CheckpointInfo ReadInfo(WeightsSource source) => With(source, file => CheckpointText.Parse(source.Path, file.Metadata));

    /// <summary>Copies weights into a model.</summary>
    /// <param name="path">A checkpoint, or any safetensors or PyTorch file with state-dict names.</param>
    /// <param name="model">The model, on any device.</param>
    /// <param name="expected">Null takes over what fits. Else every tensor of the model must be there in its shape, and where the file names
    /// its categories they must be these, and where it says how images are prepared the model must see the same pixels; the configuration may be
    /// another, and sizes may differ.</param>
    /// <returns>What became of each tensor.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or is not the expected model's.</exception>
    public static LoadReport LoadWeights(string path, nn.Module model, CheckpointIdentity? expected) =>
        LoadWeights(new WeightsSource(path), model, ModelNames.None, expected);

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
        using var file = NamedWeights.Open(source, names);
        CheckpointText.RequireProof(path, file);
        if (expected is not null && file.Metadata.TryGetValue("categories", out var categories))
        {
            CheckCategories(path, CheckpointText.ParseCategories(path, categories), expected);
        }

        if (expected?.Preparation is { } preparation)
        {
            CheckPixels(path, Differences(path, file, preparation), expected.Detector);
        }

        var all = StateDict.Load(model, file);
        var report = all with
        {
            Unexpected =
            [
                .. all.Unexpected.Where(name =>
                    !name.StartsWith(OptimizerPrefix, StringComparison.Ordinal)
                    && !name.StartsWith(StatisticsPrefix, StringComparison.Ordinal)
                ),
            ],
            Naming = names.Layers.IsEmpty ? "" : file.Title,
            Remarks = [.. new[] { file.ClassRemark(all.Resized) }.OfType<string>(), .. file.Remarks],
        };
        if (expected is not null && !report.IsComplete)
        {
            throw new WeightsException(
                $"{path}: not the weights of {expected.Detector}: {report}. First: {First(report)}. Use weights of this declaration, or train from these with --weights."
            );
        }

        if (source.IsStrict && !(report.IsComplete && report.Unexpected.Count == 0))
        {
            throw new WeightsException(
                $"{path}: does not hold exactly this model's weights: {report}. First: {First(report)}. Leave --strict out to take what fits."
            );
        }

        return report.Loaded.Count > 0
            ? report
            : throw new WeightsException(
                $"{path}: holds nothing that fits this model: {report}. First: {First(report)}. It holds, for example, '{file.TensorNames.FirstOrDefault()}'. Use weights of a model of the same kind."
            );
    }

    /// <summary>In what images are prepared in another way than when weights were trained.</summary>
    /// <param name="source">Any file of weights; one that does not say how images are prepared differs in nothing.</param>
    /// <param name="preparation">How images are prepared now.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged.</exception>
    public static IReadOnlyList<PreprocessingDifference> PreprocessingDifferences(WeightsSource source, ImagePreparation preparation) =>
        With(source, file => Differences(source.Path, file, preparation));

    /// <summary>Copies the optimizer's state back.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="optimizer">The optimizer, over the same parameters.</param>
    /// <exception cref="WeightsException">A tensor of the state is missing, of another shape, or not finite.</exception>
    public static void LoadOptimizer(WeightsSource source, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(optimizer);
        With(source, file => LoadOptimizer(source.Path, file, optimizer));
    }

    /// <summary>Copies sums of gradients back into the classification losses that keep any.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="WeightsException">Sums are missing or of another shape.</exception>
    public static void LoadStatistics(WeightsSource source, nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(source);
        With(source, file => LoadStatistics(source.Path, file, model));
    }

    /// <summary>Reads the sums of gradients that a run has kept.</summary>
    /// <param name="path">Any file of weights.</param>
    /// <param name="classes">C.</param>
    /// <returns>3 x C numbers of each classification loss, by its name: from regions of the class, from regions of other classes, from background. Empty where none were kept.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or the sums are of another number of classes.</exception>
    public static ImmutableSortedDictionary<string, ImmutableArray<double>> ReadStatistics(string path, int classes) =>
        ReadStatistics(new WeightsSource(path), classes);

    /// <summary>Reads the sums of gradients that a run has kept.</summary>
    /// <param name="source">Any file of weights.</param>
    /// <param name="classes">C.</param>
    /// <returns>3 x C numbers of each classification loss, by its name: from regions of the class, from regions of other classes, from background. Empty where none were kept.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, or the sums are of another number of classes.</exception>
    public static ImmutableSortedDictionary<string, ImmutableArray<double>> ReadStatistics(WeightsSource source, int classes)
    {
        ArgumentNullException.ThrowIfNull(source);
        return With(source, file => ReadStatistics(source.Path, file, classes));
    }

    private static T With<T>(WeightsSource source, Func<WeightsFile, T> use)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var own = source.Opened is null ? WeightsFile.Open(source) : null;
        var file = own ?? source.Opened!;
        CheckpointText.RequireProof(source.Path, file);
        return use(file);
    }

    private static void With(WeightsSource source, Action<WeightsFile> use) => With(source, file =>
        {
            use(file);
            return true;
        });

    private static void LoadOptimizer(string path, WeightsFile file, Optimizer optimizer)
    {
        var shapes = optimizer.State().ToDictionary(item => item.Key, item => item.Value.shape, StringComparer.Ordinal);
        optimizer.LoadState(name =>
        {
            var value = file.Read(OptimizerPrefix + name);
            var hasShape = value.shape.SequenceEqual(shapes[name]);
            if (hasShape && IsFinite(value))
            {
                return value;
            }

            using (value)
            {
                throw hasShape
                    ? new WeightsException(
                        $"{path}: the optimizer's '{name}' holds numbers that are not finite. Go on from another checkpoint."
                    )
                    : new WeightsException(
                        $"{path}: the optimizer's '{name}' is [{string.Join(", ", value.shape)}] in the file and [{string.Join(", ", shapes[name])}] in the model."
                    );
            }
        });
    }

    private static bool IsFinite(Tensor value)
    {
        using var flags = value.isfinite();
        using var all = flags.all();
        return all.item<bool>();
    }

    private static void LoadStatistics(string path, WeightsFile file, nn.Module model)
    {
        foreach (var (name, statistics) in GradientStatistics.Of(model))
        {
            using var values = file.Read(StatisticsPrefix + name);
            if (!values.shape.SequenceEqual(statistics.Sums.shape))
            {
                throw new WeightsException(
                    $"{path}: the sums of gradients of '{name}' are [{string.Join(", ", values.shape)}] in the file and [{string.Join(", ", statistics.Sums.shape)}] in the model."
                );
            }

            statistics.Take(values);
        }
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<double>> ReadStatistics(string path, WeightsFile file, int classes)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (var name in file.TensorNames.Where(name => name.StartsWith(StatisticsPrefix, StringComparison.Ordinal)))
        {
            using var scope = NewDisposeScope();
            ImmutableArray<double> values = [.. CpuMemory.Span<double>(CpuMemory.Contiguous(file.Read(name), ScalarType.Float64))];
            all.Add(
                name[StatisticsPrefix.Length..],
                values.Length == 3 * classes
                    ? values
                    : throw new WeightsException(
                        $"{path}: '{name}' holds {values.Length} sums of gradients, and {classes} classes have {3 * classes}. Use a checkpoint of the same categories."
                    )
            );
        }

        return all.ToImmutable();
    }

    private static string First(LoadReport report) =>
        report switch
        {
            { Missing: [var missing, ..] } => $"'{missing}' is missing",
            { Resized: [var resized, ..] } => resized.ToString(),
            { Unexpected: [var unexpected, ..] } => $"'{unexpected}' is unexpected",
            _ => "none",
        };

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
            throw new WeightsException(
                $"{path}: these weights were trained on other pixels than {detector} gives them. {string.Join("; ", wrong)}. Declare the Preprocessing that the weights were trained with, or train on from them with --weights."
            );
        }
    }

    private static void CheckCategories(string path, ImmutableArray<string> present, CheckpointIdentity expected)
    {
        if (present.Length != expected.Categories.Length)
        {
            throw new WeightsException(
                $"{path}: trained for {present.Length} categories, {expected.Detector} has {expected.Categories.Length}. Use weights of the same categories, or start from them with --weights."
            );
        }

        for (var label = 0; label < present.Length; label++)
        {
            if (present[label] != expected.Categories[label])
            {
                throw new WeightsException(
                    $"{path}: its category {label} is '{present[label]}', {expected.Detector} has '{expected.Categories[label]}'. Use weights of the same categories in the same order."
                );
            }
        }
    }
}
