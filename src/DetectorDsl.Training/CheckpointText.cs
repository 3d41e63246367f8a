using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Torch.Convolutions;
using DetectorDsl.Weights;

namespace DetectorDsl.Training;

/// <summary>What a checkpoint says of itself, as the texts of its file.</summary>
internal static class CheckpointText
{
    // Counts the forms that there have been: 1, without a number of its own, had no checksum.
    private const int Format = 2;
    private const string FormatKey = "checkpoint_format";
    private const string OptionPrefix = "option.";

    /// <summary>The texts of a checkpoint.</summary>
    public static SortedDictionary<string, string> Of(CheckpointIdentity identity, CheckpointPosition? position)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = Format.ToString(CultureInfo.InvariantCulture),
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
            AddKnown("annotations", position.Annotations);
            AddKnown("logged", position.Logged);
            metadata[ConvolutionForm.Key] = position.Convolutions;
        }

        return metadata;

        void AddKnown(string key, string? value)
        {
            if (value is not null)
            {
                metadata[key] = value;
            }
        }
    }

    /// <summary>Refuses a file that must prove itself and does not.</summary>
    /// <exception cref="WeightsException">The file is a checkpoint of a format that has a checksum, and it has none.</exception>
    public static void RequireProof(string path, WeightsFile file)
    {
        if (!file.HasChecksum && file.Metadata.ContainsKey(FormatKey) && file.Metadata.ContainsKey("step"))
        {
            throw new WeightsException(
                $"{path}: damaged: a checkpoint of this format has a checksum, and it has none. Take another copy of it."
            );
        }
    }

    /// <summary>Reads the texts.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="metadata">The texts.</param>
    /// <exception cref="WeightsException">They are not those of a checkpoint, make no sense, or are of a later format.</exception>
    public static CheckpointInfo Parse(string path, ImmutableSortedDictionary<string, string> metadata)
    {
        if (metadata.ContainsKey(FormatKey) && Number<int>(FormatKey) is var format && format > Format)
        {
            throw new WeightsException(
                $"{path}: of the checkpoint format {format}; this version knows formats up to {Format}. Use the version that wrote it, or a later one."
            );
        }

        var identity = new CheckpointIdentity(
            Text("detector"),
            Text("configuration"),
            Text("configuration_hash"),
            ParseCategories(path, Text("categories"))
        )
        {
            Options = metadata
                .Where(item => item.Key.StartsWith(OptionPrefix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(item => item.Key[OptionPrefix.Length..], item => item.Value, StringComparer.Ordinal),
        };
        return new CheckpointInfo(identity, metadata.ContainsKey("step") ? Position() : null);

        CheckpointPosition Position()
        {
            var position = new CheckpointPosition(
                Number<long>("step"),
                Number<double>("epoch"),
                Number<long>("seed"),
                Number<double>("epochs"),
                Number<int>("batch_size"),
                Number<int>("accumulation_steps"),
                Text("data")
            )
            {
                Annotations = metadata.GetValueOrDefault("annotations"),
                Logged = metadata.GetValueOrDefault("logged"),
                Convolutions = metadata.GetValueOrDefault(ConvolutionForm.Key, ConvolutionForm.Library.Name),
            };
            Require(position.BatchSize >= 1, "batch_size");
            Require(position.AccumulationSteps >= 1, "accumulation_steps");
            Require(position.Step >= 0 && position.Step % position.AccumulationSteps == 0, "step");
            Require(position.Epochs > 0 && double.IsFinite(position.Epochs), "epochs");
            Require(position.Epoch >= 0 && double.IsFinite(position.Epoch), "epoch");
            return position;
        }

        void Require(bool holds, string key)
        {
            if (!holds)
            {
                throw new WeightsException($"{path}: the metadata's '{key}' is '{Text(key)}', which no run has; the file is damaged.");
            }
        }

        string Text(string key) =>
            metadata.TryGetValue(key, out var value)
                ? value
                : throw new WeightsException(
                    $"{path}: no checkpoint of a trainer (its metadata lacks '{key}'). Load it with --weights instead."
                );

        T Number<T>(string key)
            where T : IParsable<T> =>
            T.TryParse(Text(key), CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new WeightsException($"{path}: the metadata's '{key}' is '{Text(key)}', which is no number; the file is damaged.");
    }

    /// <summary>The names of the classes.</summary>
    /// <exception cref="WeightsException">The text is no list of names.</exception>
    public static ImmutableArray<string> ParseCategories(string path, string json)
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
}
