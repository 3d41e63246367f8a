using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>Constructor parameters of a module that its surroundings fill in.</summary>
internal static class SuppliedValues
{
    private const string Number = "a whole number";
    private const string Numbers = "whole numbers, one per level or class";
    private const string NumberOrNumbers = "a whole number or a list of them";

    /// <summary>By name, in the order in which the vocabulary lists them.</summary>
    public static readonly string[] Names =
        ["inputChannels", "inputStrides", "inChannels", "inFeatures", "outFeatures", "classes", "classCounts", "seed", "index"];

    /// <summary>What a name stands for, in words.</summary>
    public static string TypeOf(string name) => name switch
    {
        "inputChannels" or "inputStrides" => NumberOrNumbers,
        "classCounts" => Numbers,
        _ => Number,
    };

    public static bool Fits(IParameterSymbol parameter) => parameter.Name switch
    {
        "index" => true, // Which classes each image holds: a type of the runtime's, which the compiler checks.
        "classCounts" => ListTypes.ElementOf(parameter.Type) is { } count && IsNumber(count),
        "inputChannels" or "inputStrides" => IsNumber(parameter.Type) || (ListTypes.ElementOf(parameter.Type) is { } item && IsNumber(item)),
        _ => IsNumber(parameter.Type),
    };

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
}
