using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>What the generator folded is what the record answers at run time, property by property.</summary>
public sealed class OneTruthTests
{
    private const string Library = """
        using System.ComponentModel.DataAnnotations;
        using DetectorDsl;
        namespace Lib;
        public enum Size : byte { Small = 3, Big = 200, AlsoBig = 200 }
        [Component] public abstract record Kind : Neck { public virtual Normalization Norm { get; init; } = new GroupNorm(4); public double Share { get; init; } = 1 / 2f; }
        [Component]
        public record Wide(int Width = 7, [property: Range(0, 5)] double Factor = 1, Size Size = Size.Big, params ValueList<long> Steps) : Kind
        {
            public override Normalization Norm { get; init; } = new BatchNorm(Momentum: 0.25);
            public int Same { get; init; } = Width;
            public float Single { get; init; } = 0.1f;
            public int? Maybe { get; init; } = 5;
            public double? Perhaps { get; init; }
            public bool Flag { get; init; }
            public string Text { get; init; } = "it's \"(a)\" \\ text\n";
            public ValueList<ValueList<int>> Nested { get; init; } = [[1, 2], [], [3]];
            public Kind? Inner { get; init; }
            public long Fixed { get; } = long.MaxValue;
            public int Twice => 2 * Width;
        }
        [Component] public record Preset(int Twice2) : Wide(Twice2, Steps: [4, 5]) { public Wide Other { get; init; } = new(1, 2, Size.Small, 6, 7) { Inner = new Wide { Same = -1 } }; }
        [Detector]
        public abstract partial record Base : MaskRcnn
        {
            public const double Rate = 0.125;
            public virtual int Width => 9;
            private double Decay => 1e-5;
            public virtual Kind? Extra => null;
            public virtual ValueList<double> Numbers => [1, 2.5f, (int)Size.Small];
            public override Neck Neck => new Preset(Width) { Share = Width };
            public override Optimizer Optimizer => new AdamW(Rate, WeightDecay: Decay);
        }
        """;

    private const string Declarations = """
        using DetectorDsl;
        using Lib;
        public static class Parts
        {
            public static ResNet Backbone => new(Depth: 34) { Norm = Norm };
            private static Normalization Norm { get; } = new GroupNorm(Groups: 2 + 2);
            public static Sgd Sgd { get { return new() { NoDecayOnNormAndBias = !false }; } }
        }
        [Detector]
        public partial record A : Base
        {
            public override int Width => 3;
            public override Backbone Backbone => Parts.Backbone with { FrozenStages = 1, InitialWeights = nameof(A) + ".safetensors" };
            public override Kind? Extra => new Wide { Nested = [[Width]], Maybe = null, Perhaps = 3, Inner = (Kind)Neck };
            public override ValueList<double> Numbers => [.. base.Numbers, Width, .. base.Numbers];
        }
        [Detector]
        public partial record B : A
        {
            public override Neck Neck => ((Preset)base.Neck with { Other = ((Preset)base.Neck).Other with { Flag = true } }) with { Text = "ß\u0301" };
            public override Optimizer Optimizer => Parts.Sgd;
            public override int Width => 6;
            public override Schedule Schedule => new Cosine(FinalFactor: 1e-300) { WarmupSteps = 'a' };
            public override ValueList<Augmentation> Augmentations { get; } = [new HorizontalFlip(1.0 / 3), new Resize([640, 672], LongSide: 0x10)];
        }
        [Detector] public sealed partial record C : FasterRcnn { public override Backbone Backbone => new ResNet(152); }
        """;

    [Fact]
    public void WhatWasFolded_IsWhatTheRecordAnswers()
    {
        var library = GeneratorTest.Of(Library).WithAssemblyName("Lib").InCultures("sv-SE", "de-DE", "tr-TR").Run();
        var run = GeneratorTest.Of(Declarations).WithAssemblyName("Declared").WithReferences(library.ToMetadataReference()).Run();

        var context = new AssemblyLoadContext("one truth", isCollectible: true);
        context.Resolving += static (_, name) => name.Name == "DetectorDsl" ? typeof(DetectorAttribute).Assembly : null;
        Load(context, library.Output);
        var assembly = Load(context, run.Output);
        foreach (var name in new[] { "A", "B", "C" })
        {
            Compare(run.Spec(name), Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!)!);
        }
        context.Unload();
    }

    /// <summary>Every component of the vocabulary that can be left to its defaults.</summary>
    [Fact]
    public void TheVocabularysDefaults_AreItsOwn()
    {
        var types = typeof(Detector)
            .Assembly.GetExportedTypes()
            .Where(type =>
                type.IsDefined(typeof(ComponentAttribute), inherit: false)
                && !type.IsAbstract
                && Constructor(type).GetParameters().All(parameter => parameter.IsOptional)
            )
            .ToList();
        Assert.True(types.Count > 20, $"only {types.Count} components");

        var spec = Folded.Run(string.Join("\n", types.Select(type => $"public virtual {type.FullName} Own{type.Name} => new();"))).Spec();
        Assert.All(types, type =>
        {
            var constructor = Constructor(type);
            Compare(
                spec[$"Own{type.Name}"],
                constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]),
                type.Name
            );
        });

        static ConstructorInfo Constructor(Type type) => type.GetConstructors().Single();
    }

    /// <summary>The helper can fail: a folded value of another record is not taken for this one's.</summary>
    [Fact]
    public void AnotherRecordsValues_Differ()
    {
        var value = Folded.Run("public override Optimizer Optimizer => new Sgd(0.5);").Spec()["Optimizer"];
        Compare(value, new Sgd(0.5), "Optimizer");
        Assert.ThrowsAny<Exception>(() => Compare(value, new Sgd(0.25), "Optimizer"));
        Assert.ThrowsAny<Exception>(() => Compare(value, new AdamW(0.5), "Optimizer"));
        Assert.ThrowsAny<Exception>(() => Compare(value, new Sgd(0.5) { NoDecayOnNormAndBias = true }, "Optimizer"));
    }

    private static void Compare(DetectorSpec spec, object record)
    {
        var slots = record.GetType().GetProperties().Where(property => property.GetMethod is { IsPublic: true, IsStatic: false }).ToList();
        Assert.Equal(
            slots.Select(property => property.Name).Order(StringComparer.Ordinal),
            spec.Slots.Select(slot => slot.Name).Order(StringComparer.Ordinal)
        );
        foreach (var slot in slots)
        {
            Compare(spec[slot.Name], slot.GetValue(record), $"{spec.Name}.{slot.Name}");
        }
    }

    private static void Compare(Value folded, object? actual, string path)
    {
        switch (actual)
        {
            case null:
                Assert.IsType<NullValue>(folded);
                break;
            case bool truth:
                Assert.Equal((path, truth), (path, Assert.IsType<BooleanValue>(folded).Truth));
                break;
            case string text:
                Assert.Equal((path, text), (path, Assert.IsType<TextValue>(folded).Text));
                break;
            case double or float:
                Assert.Equal((path, Convert.ToDouble(actual, null)), (path, Assert.IsType<RealValue>(folded).Number));
                break;
            case Enum:
                Assert.Equal((path, actual), (path, Enum.Parse(actual.GetType(), Assert.IsType<EnumValue>(folded).Member)));
                break;
            case IConvertible:
                Assert.Equal((path, Convert.ToInt64(actual, null)), (path, Assert.IsType<IntegerValue>(folded).Number));
                break;
            case IEnumerable items:
                var list = Assert.IsType<ListValue>(folded).Items;
                var objects = items.Cast<object?>().ToList();
                Assert.Equal((path, objects.Count), (path, list.Count));
                for (var i = 0; i < list.Count; i++)
                {
                    Compare(list[i], objects[i], $"{path}[{i}]");
                }
                break;
            default:
                var component = Assert.IsType<ComponentValue>(folded);
                Assert.Equal((path, actual.GetType().FullName), (path, component.TypeName));
                var properties = actual
                    .GetType()
                    .GetProperties()
                    .Where(property => property.GetMethod is { IsPublic: true } && IsStored(property))
                    .ToList();
                Assert.Equal(
                    properties.Select(property => property.Name).Order(StringComparer.Ordinal),
                    component.Properties.Select(property => property.Name).Order(StringComparer.Ordinal)
                );
                foreach (var property in properties)
                {
                    Compare(component[property.Name], property.GetValue(actual), $"{path}.{property.Name}");
                }
                break;
        }
    }

    /// <summary>Computed properties are no part of a component's values.</summary>
    private static bool IsStored(System.Reflection.PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    private static Assembly Load(AssemblyLoadContext context, Compilation compilation)
    {
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        stream.Position = 0;
        return context.LoadFromStream(stream);
    }
}
