using DetectorDsl.Generators.Categories;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators;

/// <summary>Emits the model, losses, training loop and trainer of every declared detector.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DetectorGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        CategorySetPipeline.Register(context);
    }
}
