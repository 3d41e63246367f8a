using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DetectorDsl.Generators.Parsing;

/// <summary>What the parsers ask of symbols.</summary>
internal static class SymbolExtensions
{
    extension(ITypeSymbol type)
    {
        /// <summary>Full metadata name, with <c>+</c> before a nested type.</summary>
        public string FullMetadataName =>
            type.ContainingType is { } outer ? $"{outer.FullMetadataName}+{type.MetadataName}"
            : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.FullName}.{type.MetadataName}"
            : type.MetadataName;

        /// <summary>Compares the full metadata name of a type that is not nested, without making it: asked for every attribute of every symbol.</summary>
        public bool HasFullName(string fullMetadataName)
        {
            if (type.ContainingType is not null)
            {
                return false;
            }
            var end = fullMetadataName.Length;
            for (ISymbol current = type; ; current = current.ContainingNamespace)
            {
                var name = current.MetadataName;
                if (end < name.Length || string.CompareOrdinal(fullMetadataName, end - name.Length, name, 0, name.Length) != 0)
                {
                    return false;
                }
                end -= name.Length;
                if (current.ContainingNamespace is not { IsGlobalNamespace: false })
                {
                    return end == 0;
                }
                if (end == 0 || fullMetadataName[--end] != '.')
                {
                    return false;
                }
            }
        }

        public bool IsComponent => type.HasAttribute(WellKnownNames.ComponentAttribute);

        public bool IsDetector => type.HasAttribute(WellKnownNames.DetectorAttribute);

        /// <summary>The type of a list's items; null where it is no list of the vocabulary's.</summary>
        public ITypeSymbol? ListElement =>
            type
                is INamedTypeSymbol
                {
                    Name: WellKnownNames.ValueList,
                    Arity: 1,
                    ContainingNamespace: { Name: WellKnownNames.Vocabulary, ContainingNamespace.IsGlobalNamespace: true }
                } list
                ? list.TypeArguments[0]
                : null;

        /// <summary>Whether other assemblies see the type: it and all that it is nested in are public.</summary>
        public bool IsPublicThroughout =>
            type.DeclaredAccessibility == Accessibility.Public && type.ContainingType?.IsPublicThroughout != false;

        /// <summary>Whether code anywhere in its assembly can name the type.</summary>
        public bool IsVisibleInAssembly =>
            type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
            && type.ContainingType?.IsVisibleInAssembly != false;

        /// <summary>Whether the root of all declarations is among the bases, or is the type itself.</summary>
        public bool DerivesFromDetector
        {
            get
            {
                for (var current = type; current is not null; current = current.BaseType)
                {
                    if (current.HasFullName(WellKnownNames.Detector))
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }

    extension(INamespaceSymbol space)
    {
        /// <summary>The names from the outermost in, with dots; empty for the global one.</summary>
        public string FullName =>
            space.IsGlobalNamespace ? ""
            : space.ContainingNamespace.IsGlobalNamespace ? space.Name
            : $"{space.ContainingNamespace.FullName}.{space.Name}";
    }

    extension(ISymbol symbol)
    {
        public AttributeData? Attribute(string fullMetadataName)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute.AttributeClass?.HasFullName(fullMetadataName) == true)
                {
                    return attribute;
                }
            }

            return null;
        }

        public bool HasAttribute(string fullMetadataName) => symbol.Attribute(fullMetadataName) is not null;
    }

    extension(IPropertySymbol property)
    {
        /// <summary>The base's property that this one hides instead of overriding; null for none.</summary>
        public IPropertySymbol? Hidden
        {
            get
            {
                for (
                    var ancestor = property.IsOverride ? null : property.ContainingType.BaseType;
                    ancestor is not null;
                    ancestor = ancestor.BaseType
                )
                {
                    foreach (var member in ancestor.GetMembers(property.Name))
                    {
                        if (member is IPropertySymbol { DeclaredAccessibility: not Accessibility.Private } hidden)
                        {
                            return hidden;
                        }
                    }
                }

                return null;
            }
        }
    }

    extension(INamedTypeSymbol record)
    {
        /// <summary>The constructor that the parameter list declares; null where there is none.</summary>
        public IMethodSymbol? PrimaryConstructor
        {
            get
            {
                foreach (var constructor in record.InstanceConstructors)
                {
                    foreach (var reference in constructor.DeclaringSyntaxReferences)
                    {
                        if (reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null })
                        {
                            return constructor;
                        }
                    }
                }

                return null;
            }
        }
    }

    extension(GeneratorAttributeSyntaxContext target)
    {
        /// <summary>Whether this is the part that stands for its type: with an attribute on two parts, only one result may come of it.</summary>
        public bool IsFirstPart =>
            target.Attributes[0].ApplicationSyntaxReference is not { } reference
            || (reference.SyntaxTree == target.TargetNode.SyntaxTree && target.TargetNode.Span.Contains(reference.Span));
    }

    /// <summary>A named argument of an attribute; the default where it is not given.</summary>
    public static T? Named<T>(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: not TypedConstantKind.Array, Value: T value })
            {
                return value;
            }
        }

        return default;
    }
}
