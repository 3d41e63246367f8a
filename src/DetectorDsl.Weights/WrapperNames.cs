using System.Collections.Immutable;

namespace DetectorDsl.Weights;

/// <summary>What tools that wrap a model leave in the names of its tensors.</summary>
internal static class WrapperNames
{
    private const string Parallel = "module.";
    private const int MostPrefixes = 64;
    private const int MostSegments = 6;

    // torch.compile, FSDP, its activation checkpointing and DeepSpeed: no layer is called so, wherever it stands.
    private static readonly ImmutableArray<string> Marks =
    [
        "_orig_mod.",
        "_fsdp_wrapped_module.",
        "_checkpoint_wrapped_module.",
        "_forward_module.",
    ];

    /// <summary>What data-parallel training and AveragedModel leave before every name, the count of averages apart.</summary>
    /// <param name="names">All names of a file.</param>
    /// <returns><c>module.</c> as often as it stands; empty where it does not stand before all.</returns>
    public static string ParallelPrefix(IReadOnlyCollection<string> names)
    {
        var prefix = "";
        while (
            names.Any(name => !IsCount(name))
            && names.All(name =>
                IsCount(name) || name.AsSpan(Math.Min(prefix.Length, name.Length)).StartsWith(Parallel, StringComparison.Ordinal)
            )
        )
        {
            prefix += Parallel;
        }

        return prefix;
    }

    /// <summary>Takes prefixes off until most names fit.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fits">How many of some names have a place in the model.</param>
    /// <returns>The file under the names without; itself where its names fit as they are.</returns>
    /// <exception cref="WeightsException">The names fit equally well without either of two prefixes.</exception>
    public static WeightsFile Off(WeightsFile file, Func<IReadOnlyCollection<string>, int> fits)
    {
        var plain = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in file.TensorNames.Where(name => !IsCount(name)))
        {
            plain.TryAdd(Marks.Aggregate(name, (text, mark) => text.Replace(mark, "", StringComparison.Ordinal)), name);
        }

        var prefix = Best(file, plain.Keys, fits);
        var names = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, own) in plain.OrderByDescending(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            names.TryAdd(name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name, own);
        }

        var isChanged = prefix.Length > 0 || plain.Any(pair => pair.Key != pair.Value);
        return !isChanged
            ? file
            : new RenamedWeights(
                file,
                names.ToImmutable(),
                [
                    prefix.Length > 0
                        ? $"'{prefix}' was taken off the names of its tensors."
                        : "What torch.compile and the like put into the names of its tensors was taken out.",
                ]
            );
    }

    private static string Best(WeightsFile file, IReadOnlyCollection<string> names, Func<IReadOnlyCollection<string>, int> fits)
    {
        var (best, places, rival) = ("", fits(names), (string?)null);
        foreach (var prefix in Prefixes(names))
        {
            var found = fits([
                .. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]),
            ]);
            if (found > places)
            {
                (best, places, rival) = (prefix, found, null);
            }
            else if (found == places && best.Length > 0)
            {
                rival = prefix;
            }
        }

        return rival is not null
                ? throw new WeightsException(
                    $"{file.Path}: its tensors fit without '{best}' and without '{rival}' equally well ({places} each). Choose with --key {best.TrimEnd('.')} or --key {rival.TrimEnd('.')}."
                )
            : places > 0 ? best
            : ParallelPrefix(names);
    }

    // Those that most names share, shorter ones first.
    private static IEnumerable<string> Prefixes(IEnumerable<string> names)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            for (var segment = 0; dot >= 0 && segment < MostSegments; segment++, dot = name.IndexOf('.', dot + 1))
            {
                counts[name[..(dot + 1)]] = counts.GetValueOrDefault(name[..(dot + 1)]) + 1;
            }
        }

        return counts
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key.Length)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostPrefixes)
            .Select(pair => pair.Key);
    }

    // AveragedModel's number of averages.
    private static bool IsCount(string name) => name == "n_averaged";
}
