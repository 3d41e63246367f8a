using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Parsing;

/// <summary>A method that generated code calls on a class of the user's own; it yields a tensor, or a tuple of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Words">The method as messages name it.</param>
/// <param name="Arguments">Metadata names of what is passed.</param>
internal sealed record MethodContract(string Name, string Words, ImmutableArray<string> Arguments)
{
    /// <summary>What is wrong with a class, as a message ends; null where it has the method.</summary>
    /// <param name="context">The compilation.</param>
    /// <param name="type">The class.</param>
    /// <param name="terms">How many tensors it yields.</param>
    public string? Fault(FoldContext context, INamedTypeSymbol type, int terms)
    {
        ITypeSymbol?[] passed = [.. Arguments.Select(context.FindType)];
        if (passed.Any(static argument => argument is null) || context.FindType("TorchSharp.torch+Tensor") is not { } tensor)
        {
            return null;
        }
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(Name))
            {
                if (
                    member is IMethodSymbol { IsStatic: false, Arity: 0, DeclaredAccessibility: Accessibility.Public } method
                    && Takes(context, method, passed!)
                    && Yields(method, terms, tensor)
                )
                {
                    return null;
                }
            }
        }

        var result = terms == 1 ? "Tensor" : $"a tuple of {terms} tensors, one for each term";
        return $"has no public method {Words} that returns {result}. Give it one.";
    }

    private static bool Takes(FoldContext context, IMethodSymbol method, ITypeSymbol[] passed) =>
        method.Parameters.Length >= passed.Length
        && method.Parameters.Skip(passed.Length).All(static parameter => parameter.IsOptional)
        && method.Parameters.Zip(passed, (parameter, type) => context.ConvertsImplicitly(type, parameter.Type)).All(static fits => fits);

    private static bool Yields(IMethodSymbol method, int terms, ITypeSymbol tensor) =>
        terms == 1
            ? IsTensor(method.ReturnType, tensor)
            : method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
                && tuple.TupleElements.Length == terms
                && tuple.TupleElements.All(element => IsTensor(element.Type, tensor));

    private static bool IsTensor(ITypeSymbol type, ITypeSymbol tensor) => SymbolEqualityComparer.Default.Equals(type, tensor);
}
