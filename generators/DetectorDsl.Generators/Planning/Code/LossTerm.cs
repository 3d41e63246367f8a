using DetectorDsl.Generators.Primitives;
using Microsoft.CodeAnalysis.CSharp;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>A term of the objective: its key in logs, and what it is.</summary>
internal sealed record LossTerm(string Key, string Summary)
{
    /// <summary>What a key begins with. In generated code it is the name of a variable and of a member, too, which must not be that of another thing.</summary>
    public const string Prefix = "loss_";

    /// <summary>Whether a name can be the key of a term.</summary>
    public static bool IsKey(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && SyntaxFacts.IsValidIdentifier(name);

    /// <summary>The key as a C# name.</summary>
    public string Field => Key.Replace('.', '_');

    /// <summary>The terms of a classification loss.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="what">What is classified.</param>
    public static IEnumerable<LossTerm> OfClasses(EquatableArray<string> keys, string what) =>
        keys.Select(
            (key, index) =>
                new LossTerm(key, keys.Count == 1 ? $"Classes of the {what}." : $"Classes of the {what}, part {index + 1} of {keys.Count}.")
        );

    /// <summary>What receives the terms of a loss: one tensor, or a tuple.</summary>
    public static string Result(EquatableArray<string> keys) => keys.Count > 1 ? $"({string.Join(", ", keys)})" : keys[0];

    /// <summary>The same for given terms.</summary>
    public static string Result(EquatableArray<LossTerm> terms) => Result(terms.Select(static term => term.Field).ToEquatableArray());
}
