using System.Text.Json;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Support;

/// <summary>A module against the numbers of its published form: outputs, and gradients by inputs and parameters.</summary>
internal static class PublishedModule
{
    private const double Tolerance = 1e-9;

    public static void Check(
        JsonElement expected,
        nn.Module module,
        double bound,
        Tensor[] inputs,
        Func<Tensor[], Tensor[]> forward,
        string what
    )
    {
        using var scope = NewDisposeScope();
        var seed = expected.GetProperty("seed").GetInt64();
        module.to(ScalarType.Float64);
        var parameters = module.named_parameters().OrderBy(item => item.name, StringComparer.Ordinal).ToList();
        Assert.Equal(expected.GetProperty("parameters").EnumerateObject().Select(item => item.Name), parameters.Select(item => item.name));
        using (no_grad())
        {
            foreach (var (parameter, position) in parameters.Select((item, position) => (item.parameter, position)))
            {
                parameter.copy_(Filling.Fill(seed + position, parameter.shape, -bound, bound));
            }
        }

        foreach (var input in inputs)
        {
            input.requires_grad_();
        }

        var outputs = forward(inputs);
        outputs
            .Select((output, index) => (output * Filling.Fill(seed + 500 + index, output.shape, -1, 1)).sum())
            .Aggregate((sum, part) => sum + part)
            .backward();
        Compare("outputs", outputs);
        Compare("inputs", [.. inputs.Select(input => input.grad!)]);
        foreach (var (name, parameter) in parameters)
        {
            Expect.Digest(expected.GetProperty("parameters").GetProperty(name), parameter.grad!, Tolerance, Tolerance, $"{what}: {name}");
        }

        void Compare(string part, Tensor[] actual)
        {
            var digests = expected.GetProperty(part).EnumerateArray().ToList();
            Assert.Equal(digests.Count, actual.Length);
            foreach (var (digest, tensor) in digests.Zip(actual))
            {
                Expect.Digest(digest, tensor, Tolerance, Tolerance, $"{what}: {part}");
            }
        }
    }
}
