package catalog

// Basis is the list of citations a matter's disclosure rests on (公开依据), in
// the order written.
type Basis []Citation

// Citation is one cited law, regulation or document. Text is what was written;
// the other fields are what was understood of it.
type Citation struct {
	Title   string `json:"title,omitempty"`   // without 《》: 社会救助暂行办法
	Number  string `json:"number,omitempty"`  // document number, brackets normalised: 国办发〔2019〕54号, 国务院令第649号
	Article string `json:"article,omitempty"` // 第二十条第（一）项
	Note    string `json:"note,omitempty"`    // what else the brackets say: 2018年修订
	Text    string `json:"text"`
}
