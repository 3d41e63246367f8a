using System.ComponentModel.DataAnnotations;

namespace DetectorDsl.EndToEnd.Components;

/// <summary>Shows the images of the rarest class several times, before all others.</summary>
/// <param name="Repetitions">How many times.</param>
[Component, Module(typeof(RarestFirstSampler))]
public record RarestFirst([property: TrainerOption, Range(1, 100)] int Repetitions = 2) : ImageSampler;
