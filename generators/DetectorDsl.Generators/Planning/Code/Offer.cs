using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>A constructor parameter of a module that its surroundings can fill in. The parser checks parameters against this list, planners can offer nothing else.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">What it holds.</param>
internal sealed record Offer(string Name, OfferType Type)
{
    /// <summary>All of them, in the order in which the vocabulary's <c>ModuleAttribute</c> lists them.</summary>
    public static readonly ImmutableArray<Offer> All =
    [
        new("classes", OfferType.Number),
        new("classCounts", OfferType.Numbers),
        new("imageCounts", OfferType.Numbers),
        new("inputChannels", OfferType.NumberOrNumbers),
        new("inputStrides", OfferType.NumberOrNumbers),
        new("inChannels", OfferType.Number),
        new("outChannels", OfferType.Number),
        new("inFeatures", OfferType.Number),
        new("outFeatures", OfferType.Number),
        new("channels", OfferType.Number),
        new("index", OfferType.Of("DetectorDsl.Data.Sampling.ImageClassIndex")),
        new("seed", OfferType.LongNumber),
        new("model", OfferType.Of("TorchSharp.torch+nn+Module")),
        new("epochs", OfferType.RealNumber),
        new("totalUpdates", OfferType.LongNumber),
    ];

    /// <summary>The offer of a name; null where there is none.</summary>
    public static Offer? Find(string name) => All.FirstOrDefault(offer => offer.Name == name);
}

/// <summary>What an offer holds, and the types by which a parameter can take it.</summary>
/// <param name="Words">In words.</param>
/// <param name="Single">Types of a parameter that takes one number.</param>
/// <param name="Items">Types of the items of one that takes a list.</param>
/// <param name="Class">Metadata name of the class, where it is an object of the runtime's; else empty.</param>
internal sealed record OfferType(string Words, ImmutableArray<SpecialType> Single, ImmutableArray<SpecialType> Items, string Class)
{
    private static readonly ImmutableArray<SpecialType> Whole = [SpecialType.System_Int32, SpecialType.System_Int64];

    public static readonly OfferType Number = new("a whole number", Whole, [], "");
    public static readonly OfferType Numbers = new("whole numbers, one per level or class", [], Whole, "");
    public static readonly OfferType NumberOrNumbers = new("a whole number or a list of them", Whole, Whole, "");
    public static readonly OfferType LongNumber = new("a whole number of 64 bits (long)", [SpecialType.System_Int64], [], "");
    public static readonly OfferType RealNumber = new("a real number (double)", [SpecialType.System_Double], [], "");

    public static OfferType Of(string metadataName) => new($"a {metadataName.Replace('+', '.')}", [], [], metadataName);
}
