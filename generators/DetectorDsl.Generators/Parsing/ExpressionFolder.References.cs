using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DetectorDsl.Generators.Parsing;

/// <content>References: slots of the record and of its base, properties of components, fragments.</content>
internal sealed partial class ExpressionFolder
{
    private Expression FoldReference(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        var origin = origins.Of(reference.Syntax);
        if (property.IsStatic)
        {
            return FoldFragment(reference, origin);
        }
        if (property.IsIndexer)
        {
            return Unfoldable(reference.Syntax);
        }
        if (reference.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } instance)
        {
            return FoldSlot(reference, instance, origin);
        }
        return reference.Instance is { Type.IsComponent: true } source
            ? new MemberExpression(Fold(source), property.Name, origin)
            : Unfoldable(reference.Syntax);
    }

    private Expression FoldSlot(IPropertyReferenceOperation reference, IInstanceReferenceOperation instance, Origin origin)
    {
        var property = reference.Property;
        if (!property.ContainingType.DerivesFromDetector || PropertyTypeReader.Read(property.Type) is null)
        {
            return Unfoldable(reference.Syntax);
        }
        if (instance.Syntax is BaseExpressionSyntax)
        {
            return new BaseSlotExpression(property.Name, origin);
        }
        var isDispatched = property.IsVirtual || property.IsOverride || property.IsAbstract;
        return new SlotExpression(property.Name, isDispatched ? "" : property.ContainingType.FullMetadataName, origin);
    }

    /// <summary>A static get-only property stands for its value, written out at the place where it is used.</summary>
    private Expression FoldFragment(IPropertyReferenceOperation reference, Origin origin)
    {
        var property = reference.Property;
        if (property.SetMethod is not null)
        {
            return Unfoldable(reference.Syntax);
        }
        if (!context.Owns(property))
        {
            return Unfoldable(reference.Syntax);
        }

        var typeName = property.ContainingType.FullMetadataName;
        if (!fragments.Enter(typeName, property.Name, out var circle))
        {
            context.Report(Problems.DeclarationsInCircle(origin, $"{property.ContainingType.Name}.{property.Name}", circle));
            return new FailedExpression(origin);
        }

        try
        {
            return FoldProperty(context, property, typeName, fragments) ?? Unfoldable(reference.Syntax);
        }
        finally
        {
            fragments.Leave();
        }
    }

    /// <summary>The fragments that are being written out, innermost last.</summary>
    private sealed class Fragments
    {
        private readonly List<(string Type, string Property)> open = [];

        public bool Enter(string type, string property, out string circle)
        {
            var start = open.IndexOf((type, property));
            circle =
                start < 0
                    ? ""
                    : string.Join(" -> ", open.Skip(start).Append((type, property)).Select(item => $"{item.Item1}.{item.Item2}"));
            if (start < 0)
            {
                open.Add((type, property));
            }
            return start < 0;
        }

        public void Leave() => open.RemoveAt(open.Count - 1);
    }
}
