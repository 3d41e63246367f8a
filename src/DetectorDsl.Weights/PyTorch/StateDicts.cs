using System.Collections.Immutable;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>The state dicts within an object that <c>torch.save</c> wrote, by the keys that lead to them.</summary>
internal sealed class StateDicts
{
    private const int Deepest = 4;
    private const int MostNamed = 20;
    private const int MostVisits = 10_000;

    private static readonly ImmutableArray<string> Usual = ["state_dict", "model", "model_state_dict", "model_state", "net"];

    private readonly List<(string Key, ImmutableSortedDictionary<string, TensorReference> Tensors)> all = [];
    private int visits;

    /// <summary>Finds them.</summary>
    /// <param name="root">What was read.</param>
    public StateDicts(object? root)
    {
        Search(root as PickleDictionary, "", 0);
        var weights = all.Where(item => !IsOfOptimizer(item.Key)).ToList();
        Chosen = Usual.Where(key => weights.Exists(item => item.Key == key)).FirstOrDefault()
            ?? (
                weights.Exists(item => item.Key.Length == 0) ? ""
                : weights is [var only] ? only.Key
                : null
            );
    }

    /// <summary>Key of the one that is taken unless another is asked for; null where there is none, or no telling which.</summary>
    public string? Chosen { get; }

    /// <summary>Whether there is none at all.</summary>
    public bool IsEmpty => all.Count == 0;

    /// <summary>Where state dicts are looked for first, for messages.</summary>
    public static string Places => string.Join(", ", Usual.Select(key => $"'{key}'"));

    /// <summary>The keys, with the number of tensors of each.</summary>
    public string Listed =>
        string.Join(
            ", ",
            all.Where(item => item.Key.Length > 0).Take(MostNamed).Select(item => $"'{item.Key}' ({item.Tensors.Count} tensors)")
        );

    /// <summary>A key to give as an example.</summary>
    public string Example => all.Find(item => item.Key.Length > 0).Key;

    /// <summary>What to say of the others; null where there are none.</summary>
    public string? Remark
    {
        get
        {
            var others = all.Where(item => item.Key != Chosen && !IsOfOptimizer(item.Key)).Take(MostNamed).ToList();
            return Chosen is null || others.Count == 0
                ? null
                : $"{(Chosen.Length == 0 ? "The file's own tensors were" : $"'{Chosen}' was")} taken; it also holds {string.Join(", ", others.Select(item => $"'{item.Key}' ({item.Tensors.Count} tensors)"))}: --key {others[0].Key} takes that.";
        }
    }

    /// <summary>The tensors of a state dict; null where there is none of that key.</summary>
    public ImmutableSortedDictionary<string, TensorReference>? Find(string key) => all.Find(item => item.Key == key).Tensors;

    private static bool IsOfOptimizer(string key) =>
        key.Contains("optim", StringComparison.OrdinalIgnoreCase) || key.Contains("sched", StringComparison.OrdinalIgnoreCase);

    // One dictionary may stand under several keys, or within itself.
    private void Search(PickleDictionary? dictionary, string key, int depth)
    {
        if (dictionary is null || depth > Deepest || ++visits > MostVisits)
        {
            return;
        }

        var tensors = ImmutableSortedDictionary.CreateBuilder<string, TensorReference>(StringComparer.Ordinal);
        foreach (var (name, value) in dictionary.Texts)
        {
            if (value is TensorReference tensor)
            {
                tensors[name] = tensor;
            }
        }

        if (tensors.Count > 0)
        {
            all.Add((key, tensors.ToImmutable()));
        }

        foreach (var (name, value) in dictionary.Texts)
        {
            Search(value as PickleDictionary, key.Length == 0 ? name : $"{key}.{name}", depth + 1);
        }
    }
}
