using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Options;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Stubs;

/// <summary>What code around a faulty declaration may ask of its options and losses, of which only the declaration could say which it has: all that there are.</summary>
/// <param name="Options">The options of every component.</param>
/// <param name="Terms">The terms of every loss.</param>
internal sealed record StubSurface(EquatableArray<StubMember> Options, EquatableArray<string> Terms)
{
    /// <summary>Terms that no loss names, but the head that it stands in; alone, and of the first three stages of a cascade.</summary>
    private static readonly string[] TermsOfHeads =
    [
        "loss_rpn_cls",
        "loss_rpn_bbox",
        "loss_anchor_loc",
        "loss_anchor_shape",
        "loss_loc",
        "loss_shape",
        "loss_bbox",
        "loss_bbox_cls",
        "loss_bbox_reg",
        "loss_centerness",
        "loss_carl",
        "loss_mask",
        "loss_semantic_seg",
        "loss_glbctx",
    ];

    public static StubSurface None { get; } = new([], []);

    /// <summary>What the components of a project offer.</summary>
    public static StubSurface Of(IEnumerable<ComponentInfo> components)
    {
        var all = components.OrderBy(static component => component.TypeName, StringComparer.Ordinal).ToList();
        var options = all.SelectMany(static component => component.Properties)
            .Where(static property => property.IsTrainerOption && !ReservedOptions.Members.Contains(property.Name))
            .Select(static property => (property.Name, Type: OptionType.Of(property.Type)))
            .Where(static option => option.Type is not null)
            .Select(static option => new StubMember(option.Type!.Name, CSharpLiteral.Identifier(option.Name)));
        var terms = all.SelectMany(static component => component.LossTerms)
            .Concat(TermsOfHeads)
            .Where(LossTerm.IsKey)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new StubSurface(
            options.GroupBy(static option => option.Name, StringComparer.Ordinal).Select(static group => group.First()).ToEquatableArray(),
            terms
                .Concat(Enumerable.Range(0, 3).SelectMany(stage => terms.Select(term => $"s{CSharpLiteral.Of(stage)}_{term}")))
                .Select(CSharpLiteral.Identifier)
                .ToEquatableArray()
        );
    }
}
