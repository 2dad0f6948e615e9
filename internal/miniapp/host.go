package miniapp

import (
	"slices"
	"strings"
)

// Place is a context of a package's code, in which the platform opens some of its interfaces and closes others.
type Place string

// The places.
const (
	InAPI     Place = "atomic api"
	InCard    Place = "card"
	InDynamic Place = "dynamic card"
)

// What WeChat keeps from each place, by its later and stricter list.
var (
	wxNever = words(`showModal showLoading hideLoading showActionSheet navigateTo redirectTo reLaunch switchTab navigateBack pageScrollTo
		createAnimation setClipboardData getClipboardData getUserInfo getUserProfile chooseImage chooseVideo previewImage
		navigateToMiniProgram openEmbeddedMiniProgram openAgent navigateBackAgent`)
	wxPayment = words(`requestPayment requestVirtualPayment verifyPaymentPassword requestJointPayment openPublicServicePayment openBusinessView`)
	wxPicker  = words(`chooseAddress chooseInvoice chooseInvoiceTitle chooseMedia chooseMessageFile saveImageToPhotosAlbum scanCode chooseLocation`)
	wxPanel   = words(`openLocation openSetting makePhoneCall openDocument shareAppMessage`)
	wxGesture = words(`showToast hideToast previewMedia vibrateShort vibrateLong`)
	wxAPIOnly = words(`login checkSession getNetworkType getLocalIPAddress getLocation getFuzzyLocation getPhoneNumber
		getRealtimePhoneNumber getUserCryptoManager getWeRunData requestSubscribeMessage authorize getSetting uploadFile`)

	// wxView are interfaces of pages, which exist in no place of a skill.
	wxView = words(`setNavigationBarTitle setNavigationBarColor showNavigationBarLoading hideNavigationBarLoading stopPullDownRefresh startPullDownRefresh
		createSelectorQuery createIntersectionObserver createCanvasContext createMapContext createVideoContext createInnerAudioContext
		setTabBarBadge removeTabBarBadge showTabBar hideTabBar showShareMenu hideShareMenu hideHomeButton hideKeyboard`)
)

// What Alipay opens to each place: an exact list, everything else is closed.
var (
	myEverywhere = words(`env SDKVersion getAppBaseInfo getDeviceBaseInfo getAccountInfoSync getPrivacySetting openPrivacyContract
		openLocation makePhoneCall setStorage setStorageSync getStorage getStorageSync getStorageInfo getStorageInfoSync
		removeStorage removeStorageSync clearStorage clearStorageSync modelContext`)
	myAPIs = words(`getAuthCode getNetworkType onNetworkStatusChange offNetworkStatusChange getLocation chooseLocation getPhoneNumber
		getSetting saveImageToPhotosAlbum chooseAddress chooseInvoiceTitle scan request`)
	myCards   = words(`showToast hideToast previewImage generateImageFromCode vibrate vibrateShort vibrateLong`)
	myDynamic = words(`request tradePay`)
)

func words(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// HostOpen tells whether a platform opens an interface, such as "request", to a place, by the strictest list that it
// has published: what a package should keep to.
func HostOpen(dialect, name string, in Place) bool {
	if dialect == MY {
		return myOpen(name, in)
	}
	return !wxClosed(name, in)
}

func wxClosed(name string, in Place) bool {
	switch {
	case wxNever[name]:
		return true
	case wxPayment[name], wxPicker[name]:
		return in != InDynamic
	case wxPanel[name], wxGesture[name]:
		return in == InAPI
	case wxAPIOnly[name]:
		return in != InAPI
	case name == "request", strings.HasPrefix(name, "cloud."):
		return in == InCard
	}
	return false
}

func myOpen(name string, in Place) bool {
	switch {
	case myEverywhere[name]:
		return true
	case in == InAPI:
		return myAPIs[name]
	case in == InDynamic && myDynamic[name]:
		return true
	}
	return myCards[name]
}

// Gate is what a package's apis may call when they run. Open, where it is not nil, is all there is; Closed is what is
// refused of all that there is.
type Gate struct {
	Open   []string `json:"open,omitempty"`
	Closed []string `json:"closed,omitempty"`
}

// APIGate is the gate of atomic apis. WeChat has published two lists, and packages are written for either: what one of
// them opens is open. Payment asks the person by itself, and is open in both dialects.
func APIGate(dialect string) Gate {
	if dialect == MY {
		return Gate{Open: sorted(myEverywhere, myAPIs, words("canIUse tradePay"))}
	}
	return Gate{Closed: sorted(wxNever, wxGesture, wxView)}
}

func sorted(sets ...map[string]bool) []string {
	var all []string
	for _, s := range sets {
		for name := range s {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
