using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Benchmarks.Step;
using DetectorDsl.Native;
using DetectorDsl.Torch.Convolutions;

// What is measured is the library's form; a machine that does not survive it says so by ending the process.
Environment.SetEnvironmentVariable(ConvolutionForm.Variable, ConvolutionForm.Current.Name);
TorchLibrary.EnsureLoaded();
if (args is ["step", .. var rounds])
{
    StepTable.Print(rounds is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 15);
    return;
}

// In this process: libtorch's hundreds of megabytes are laid out beside this executable alone.
var job = Job
    .Default.WithToolchain(InProcessEmitToolchain.DontLogOutput)
    .WithWarmupCount(8)
    .WithIterationCount(9)
    .WithUnrollFactor(1)
    .WithInvocationCount(2);
var config = DefaultConfig
    .Instance.AddJob(job)
    .HideColumns(
        Column.Job,
        Column.Toolchain,
        Column.IterationCount,
        Column.WarmupCount,
        Column.InvocationCount,
        Column.UnrollFactor,
        Column.RatioSD,
        Column.Error
    );
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
