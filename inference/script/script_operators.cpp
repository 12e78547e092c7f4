// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/script_operators.h"

#include <set>

namespace geneglass {
namespace {

/// Of LibTorch 1.13 to 2.6; those that encoders have been seen to use, and their kin.
constexpr std::string_view kTensorOperators = R"(
Bool Complex ComplexImplicit Float FloatImplicit Int IntImplicit ScalarImplicit Size __and__ __contains__
__derive_index __getitem__ __iand__ __ilshift__ __interpolate __ior__ __irshift__ __is__ __isnot__ __ixor__
__lshift__ __not__ __or__ __range_length __round_to_zero_floordiv __rshift__ __upsample __upsample_bilinear
__upsample_nearest __xor__ _adaptive_avg_pool2d _adaptive_avg_pool3d _addmm_activation _aminmax
_batch_norm_impl_index _cast_Double _cast_Float _cast_Half _cast_Int _cast_Long _convolution
_convolution_mode _euclidean_dist _log_softmax _masked_softmax _native_multi_head_attention
_nested_tensor_from_mask _nested_tensor_from_mask_left_aligned _pad_circular _pad_enum
_scaled_dot_product_attention _scaled_dot_product_attention_math _set_item _shape_as_tensor _softmax _stack
_transform_bias_rescale_qkv _transformer_encoder_layer_fwd _trilinear _unsafe_view _unwrap_optional
_upsample_bicubic2d_aa _upsample_bilinear2d_aa _upsample_nearest_exact1d _upsample_nearest_exact2d
_upsample_nearest_exact3d _weight_norm abs absolute acos acosh adaptive_avg_pool1d adaptive_avg_pool2d
adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d add addbmm addcdiv addcmul
addmm addmv addr adjoint affine_grid_generator alias all allclose alpha_dropout amax amin aminmax angle any
append arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin argsort argwhere
as_strided as_tensor asin asinh atan atan2 atanh atleast_1d atleast_2d atleast_3d avg_pool1d avg_pool2d
avg_pool3d baddbmm bartlett_window batch_norm bernoulli bilinear bincount bitwise_and bitwise_left_shift
bitwise_not bitwise_or bitwise_right_shift bitwise_xor blackman_window block_diag bmm broadcast_tensors
broadcast_to bucketize cat cdist ceil celu chain_matmul channel_shuffle chunk clamp clamp_max clamp_min
clear clip clone col2im column_stack complex concat concatenate conj constant_pad_nd contiguous conv1d
conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d convolution copy copysign cos cosh
cosine_similarity count count_nonzero cpu cross cummax cummin cumprod cumsum deg2rad degrees detach device
diag diag_embed diagflat diagonal dict diff dim dist div divide divmod dot dropout dsplit dstack einsum
element_size elu embedding embedding_bag empty empty_like endswith eq equal erf erfc erfinv exp exp2 expand
expand_as expm1 extend eye fabs factorial feature_alpha_dropout feature_dropout fft_fft2 fft_fftn
fft_fftshift fft_ifft2 fft_ifftn fft_ifftshift fft_irfft2 fft_irfftn fft_rfft2 fft_rfftn fill
fill_diagonal_ find fix flatten flip fliplr flipud float_power floor floor_divide floordiv fmax fmin fmod
format frac fractional_max_pool2d frobenius_norm full full_like gather ge gelu ger get glu greater
greater_equal grid_sampler grid_sampler_2d grid_sampler_3d group_norm gru gru_cell gt hamming_window
hann_window hardshrink hardsigmoid hardswish hardtanh heaviside histc hsplit hstack hypot im2col imag index
index_add index_copy index_fill index_put index_select inner insert instance_norm inverse
is_autocast_cpu_enabled is_autocast_enabled is_complex is_conj is_contiguous is_floating_point
is_grad_enabled is_inference is_leaf is_neg is_nonzero is_pinned is_same_size is_scripting is_signed
isclose isfinite isin isinf isnan isneginf isposinf isreal istft item items keys kron kthvalue layer_norm
ldexp le leaky_relu len lerp less less_equal lift lift_fresh linalg_cross linalg_det linalg_inv
linalg_matmul linalg_matrix_norm linalg_norm linalg_vector_norm linear linspace list log log10 log1p log2
log_sigmoid log_softmax logaddexp logaddexp2 logcumsumexp logical_and logical_not logical_or logical_xor
logspace logsumexp lower lstm lstm_cell lt mH mT masked_fill masked_scatter masked_select mathremainder
matmul matrix_H matrix_exp matrix_power max max_pool1d max_pool1d_with_indices max_pool2d
max_pool2d_with_indices max_pool3d max_pool3d_with_indices max_unpool2d maximum mean median meshgrid min
minimum mish mm mode moveaxis movedim msort mul multinomial multiply mv nan_to_num nanmean nanmedian nansum
narrow native_batch_norm native_channel_shuffle native_dropout native_group_norm native_layer_norm ne neg
negative new_empty new_full new_ones new_zeros nonzero nonzero_numpy norm norm_except_dim normal not_equal
nuclear_norm numel numpy_T one_hot ones ones_like outer pad pairwise_distance percentFormat permute
pixel_shuffle pixel_unshuffle polar pop positive pow prelu prod quantile rad2deg rand rand_like randint
randn randn_like random randperm range ravel real reciprocal reflection_pad1d reflection_pad2d
reflection_pad3d relu relu6 remainder remove renorm repeat repeat_interleave replication_pad1d
replication_pad2d replication_pad3d requires_grad_ reshape reshape_as resolve_conj resolve_neg result_type
reverse rnn_relu rnn_tanh roll rot90 round row_stack rrelu rsqrt rsub scalar_tensor
scaled_dot_product_attention scatter scatter_add
scatter_reduce searchsorted select select_scatter selu setdefault sgn sigmoid sign signbit silu sin sinc
sinh size slice slice_scatter slow_conv3d slow_conv_dilated2d slow_conv_transpose2d smooth_l1_loss softmax
softplus softshrink sort sorted special_expit special_log1p special_logit special_softmax split
split_with_sizes sqrt square squeeze stack startswith std std_mean stft storage_offset str stride sub
subtract sum sum_to_size swapaxes swapdims t take take_along_dim tan tanh tensor tensor_split tensordot
thnn_conv2d threshold tile to to_dense to_padded_tensor topk trace transpose tril tril_indices triu
triu_indices true_divide trunc type_as unbind unflatten unfold uniform unique_consecutive unique_dim
unsafe_chunk unsafe_split unsafe_split_with_sizes unsqueeze update upper upsample_bicubic2d
upsample_bilinear2d upsample_linear1d upsample_nearest1d upsample_nearest2d upsample_nearest3d
upsample_trilinear3d values var var_mean view view_as view_as_complex view_as_real vsplit vstack warn where
xlogy zero zeros zeros_like
)";

constexpr std::string_view kPrimitives = R"(
CallFunction CallMethod Constant DictConstruct Drop GetAttr If ListConstruct ListUnpack Loop NumToTensor
Param RaiseException Return SetAttr TupleConstruct TupleIndex TupleSlice TupleUnpack Uninitialized abs data
device dtype is_cpu is_cuda is_meta is_mkldnn is_nested is_quantized is_sparse isinstance layout max min
ndim rangelist requires_grad shape type unchecked_cast unchecked_unwrap_optional unwrap_optional
)";

using Names = std::set<std::string_view>;

Names namesIn(std::string_view text) {
  Names names;
  for (size_t begin = 0; (begin = text.find_first_not_of(" \n", begin)) != text.npos;) {
    const size_t end = text.find_first_of(" \n", begin);
    names.insert(text.substr(begin, end - begin));
    begin = end;
  }
  return names;
}

}  // namespace

bool isTensorOperator(std::string_view name) {
  static const Names operators = namesIn(kTensorOperators);
  if (operators.contains(name)) return true;
  const bool inPlace = name.size() > 1 && name.ends_with('_') && !name.ends_with("__");
  return inPlace && operators.contains(name.substr(0, name.size() - 1));
}

bool isPrimitive(std::string_view name) {
  static const Names primitives = namesIn(kPrimitives);
  return primitives.contains(name);
}

}  // namespace geneglass
