using DetectorDsl.Generators.Models;

namespace DetectorDsl.Generators.Resolving;

/// <summary>What is asked of expressions.</summary>
internal static class ExpressionExtensions
{
    extension(Expression expression)
    {
        /// <summary>Whether the value depends on how the component is constructed.</summary>
        public bool UsesParameters =>
            expression switch
            {
                ParameterExpression => true,
                NewExpression creation => creation.Arguments.Any(argument => argument.Value.UsesParameters)
                    || creation.Initializers.Any(item => item.Value.UsesParameters),
                WithExpression with => with.Source.UsesParameters || with.Initializers.Any(item => item.Value.UsesParameters),
                ListExpression list => list.Items.Any(item => item.UsesParameters),
                SpreadExpression spread => spread.Source.UsesParameters,
                CastExpression cast => cast.Source.UsesParameters,
                WideningExpression widening => widening.Source.UsesParameters,
                MemberExpression member => member.Source.UsesParameters,
                _ => false,
            };

        /// <summary>The expression as a message names it.</summary>
        public string Words =>
            expression switch
            {
                SlotExpression slot => slot.Slot,
                BaseSlotExpression slot => $"base.{slot.Slot}",
                MemberExpression member => $"{member.Source.Words}.{member.Property}",
                NewExpression creation => $"new {creation.TypeName.Substring(creation.TypeName.LastIndexOf('.') + 1)}(...)",
                WithExpression with => $"{with.Source.Words} with {{ ... }}",
                CastExpression cast => cast.Source.Words,
                ParameterExpression parameter => parameter.Name,
                ConstantExpression constant => constant.Value.Display,
                _ => "the value",
            };
    }
}
